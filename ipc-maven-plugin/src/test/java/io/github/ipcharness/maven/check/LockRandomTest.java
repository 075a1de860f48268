package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Locks whose holders die and are taken over from. */
class LockRandomTest {

    private static final int HISTORIES = 100_000;

    private static Sample sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Op> ops = Simulation.run(new LockDevice(random), random.nextInt(2, 5), random.nextInt(3, 11), random);
        return Sample.of(History.LOCK, Mutation.of(ops, random.nextInt(3), random));
    }

    @Test
    void violatedIfAndOnlyIfNoOrderExplainsIt() {
        new Comparison(LockRandomTest::sample, LockSpec::isWrong, sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, "mutual exclusion", "takeover");
    }
}
