package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Queues without bound: the rules are sound and complete. */
class QueueRandomTest {

    private static final int HISTORIES = 100_000;
    private static final int VARIANTS = 30_000;

    static Sample sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        QueueDevice queue = QueueDevice.fifo(Long.MAX_VALUE);
        List<Op> ops = Simulation.run(queue, random.nextInt(2, 5), random.nextInt(3, 11), random);
        return Sample.of(History.QUEUE, Mutation.of(ops, random.nextInt(4), random));
    }

    private static ObjectVerdict judged(Sample sample) {
        return sample.judged(Guarantee.LINEARIZABLE);
    }

    private static boolean isWrong(Sample sample) {
        return !Exhaustive.isLinearizable(QueueSpec.of(sample), sample.ops());
    }

    @Test
    void violatedIfAndOnlyIfNoOrderExplainsIt() {
        new Comparison(QueueRandomTest::sample, QueueRandomTest::isWrong, QueueRandomTest::judged)
                .assertAgreement(HISTORIES, "duplicate", "invented", "order", "empty");
    }

    @Test
    void ofADrainedQueueNothingAcknowledgedIsLeft() {
        new Comparison(seed -> sample(seed).toBeDrained(), QueueRandomTest::isWrong, QueueRandomTest::judged)
                .assertAgreement(VARIANTS, "duplicate", "invented", "loss", "order", "empty");
    }
}
