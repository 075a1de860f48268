package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Histories too long to try all orders: the fast rules and the search, which know nothing of each other, agree. */
class LongerRandomTest {

    private static final int HISTORIES = 3000;
    private static final int OPERATIONS = 80;

    private static Sample sample(long seed, String kind, Function<SplittableRandom, Device> device) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Op> ops = Simulation.runToTheEnd(device.apply(random), 3, OPERATIONS, random);
        List<Op> some = Mutation.unfinished(ops, random.nextInt(4), random);
        return Sample.of(kind, Mutation.of(some, random.nextInt(3), random));
    }

    /** Never long, since the search tries all orders in which its values may stand; what was refused is left out. */
    private static Sample shortQueue(long seed) {
        Sample sample = sample(seed, History.QUEUE, random -> QueueDevice.fifo(4));
        return sample.with(
                sample.ops().stream().filter(op -> op.outcome() != Outcome.FULL).toList());
    }

    private static boolean isWrong(Search.Result<?> result) {
        if (result.answer() == Search.Answer.GAVE_UP) {
            throw new IllegalStateException("too much is open at once in this history");
        }
        return result.answer() == Search.Answer.NOT_LINEARIZABLE;
    }

    private static boolean isWrongQueue(Sample sample) {
        Transfers transfers = Transfers.ofQueue(sample.history());
        return isWrong(Search.run(new QueueModel(transfers, Long.MAX_VALUE, true), Search.budget(OPERATIONS)));
    }

    private static boolean isWrongValue(Sample sample) {
        return isWrong(Search.run(new ValueModel(sample.history()), Search.budget(OPERATIONS)));
    }

    @Test
    void queues() {
        new Comparison(
                        LongerRandomTest::shortQueue,
                        LongerRandomTest::isWrongQueue,
                        sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, "duplicate", "invented", "order", "empty");
    }

    @Test
    void registers() {
        new Comparison(
                        seed -> sample(seed, History.VALUE, random -> new ValueDevice(0, ValueRandomTest.register())),
                        LongerRandomTest::isWrongValue,
                        sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, "torn", "stale read");
    }

    @Test
    void counters() {
        new Comparison(
                        seed -> sample(seed, History.VALUE, random -> new ValueDevice(0, ValueRandomTest.counter())),
                        LongerRandomTest::isWrongValue,
                        sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, "lost update", "torn", "stale read");
    }
}
