package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Duplex pipes, each direction a queue with an end. */
class PipeRandomTest {

    private static final int HISTORIES = 100_000;

    private static Sample sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Op> ops = Simulation.run(new PipeDevice(random), random.nextInt(2, 5), random.nextInt(3, 13), random);
        return Sample.of(History.PIPE, Mutation.of(ops, random.nextInt(3), random));
    }

    @Test
    void violatedIfAndOnlyIfNoOrderExplainsIt() {
        new Comparison(PipeRandomTest::sample, PipeSpec::isWrong, sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, "duplicate", "invented", "reflected", "order", "empty", "end of stream");
    }
}
