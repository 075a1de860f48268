package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Queues with room for one, two or three values: bounds and search together are exact. */
class BoundedQueueRandomTest {

    private static final int HISTORIES = 100_000;

    static Sample sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = random.nextInt(1, 4);
        // Now and then it held more than it is said to hold, or less.
        int real = random.nextInt(4) > 0 ? capacity : random.nextInt(1, 4);
        List<Op> ops = Simulation.run(QueueDevice.fifo(real), random.nextInt(2, 5), random.nextInt(3, 11), random);
        return Sample.of(History.QUEUE, Mutation.of(ops, random.nextInt(3), random))
                .bounded(capacity);
    }

    private static boolean isWrong(Sample sample) {
        return !Exhaustive.isLinearizable(QueueSpec.of(sample), sample.ops());
    }

    private static ObjectVerdict judged(Sample sample) {
        return sample.judged(Guarantee.LINEARIZABLE);
    }

    @Test
    void violatedIfAndOnlyIfNoOrderExplainsIt() {
        new Comparison(BoundedQueueRandomTest::sample, BoundedQueueRandomTest::isWrong, BoundedQueueRandomTest::judged)
                .assertAgreement(
                        HISTORIES, "duplicate", "invented", "order", "empty", "capacity", "full", "linearizable");
    }

    @Test
    void ofADrainedQueueNothingAcknowledgedIsLeft() {
        new Comparison(
                        seed -> sample(seed).toBeDrained(),
                        BoundedQueueRandomTest::isWrong,
                        BoundedQueueRandomTest::judged)
                .assertAgreement(
                        HISTORIES,
                        "duplicate",
                        "invented",
                        "loss",
                        "order",
                        "empty",
                        "capacity",
                        "full",
                        "linearizable");
    }

    @Test
    void muchThatNeverReturned() {
        new Comparison(
                        BoundedQueueRandomTest::unfinished,
                        BoundedQueueRandomTest::isWrong,
                        BoundedQueueRandomTest::judged)
                .assertAgreement(
                        HISTORIES,
                        "duplicate",
                        "invented",
                        "loss",
                        "order",
                        "empty",
                        "capacity",
                        "full",
                        "linearizable");
    }

    private static Sample unfinished(long seed) {
        Sample sample = sample(seed);
        List<Op> ops = Mutation.unfinished(sample.ops(), 40, new SplittableRandom(seed));
        return seed % 2 == 0 ? sample.with(ops) : sample.with(ops).toBeDrained();
    }
}
