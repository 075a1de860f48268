package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Queues that promise less than first in, first out, are bags; some keep the order of each producer. */
class GuaranteeRandomTest {

    private static final int HISTORIES = 100_000;
    private static final int VARIANTS = 30_000;

    private static Sample sample(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return Sample.of(History.QUEUE, operations(Long.MAX_VALUE, random));
    }

    private static Sample bounded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int capacity = random.nextInt(1, 3);
        return Sample.of(History.QUEUE, operations(capacity, random)).bounded(capacity);
    }

    private static List<Op> operations(long capacity, SplittableRandom random) {
        QueueDevice queue = random.nextBoolean() ? QueueDevice.fifo(capacity) : QueueDevice.bag(capacity, random);
        List<Op> ops = Simulation.run(queue, random.nextInt(2, 5), random.nextInt(3, 10), random);
        return Mutation.of(ops, random.nextInt(3), random);
    }

    private static boolean isNoBag(Sample sample) {
        return !Exhaustive.isLinearizable(QueueSpec.bag(sample), sample.ops());
    }

    /** Word for word: of one producer and one consumer, put before, but got after. */
    private static boolean isReordered(Sample sample) {
        for (Op a : sample.ops()) {
            for (Op b : sample.ops()) {
                if (isPut(a) && isPut(b) && a.process() == b.process() && a.isBefore(b) && isGotFirst(sample, b, a)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isPut(Op op) {
        return op.operation() == Operation.PUT && op.outcome() != Outcome.FULL;
    }

    private static boolean isGotFirst(Sample sample, Op b, Op a) {
        return sample.ops().stream()
                .filter(get -> isGetOf(get, b))
                .anyMatch(first -> sample.ops().stream()
                        .anyMatch(second ->
                                isGetOf(second, a) && first.process() == second.process() && first.isBefore(second)));
    }

    private static boolean isGetOf(Op get, Op put) {
        return get.operation() == Operation.GET && get.outcome() == Outcome.OK && get.value() == put.value();
    }

    @Test
    void unordered() {
        new Comparison(
                        GuaranteeRandomTest::sample,
                        GuaranteeRandomTest::isNoBag,
                        sample -> sample.judged(Guarantee.UNORDERED))
                .assertAgreement(VARIANTS, "duplicate", "invented", "empty");
    }

    @Test
    void unorderedAndBounded() {
        new Comparison(
                        GuaranteeRandomTest::bounded,
                        GuaranteeRandomTest::isNoBag,
                        sample -> sample.judged(Guarantee.UNORDERED))
                .assertAgreement(VARIANTS, "duplicate", "invented", "empty", "capacity", "full", "linearizable");
    }

    @Test
    void producerOrder() {
        new Comparison(
                        GuaranteeRandomTest::sample,
                        sample -> isNoBag(sample) || isReordered(sample),
                        sample -> sample.judged(Guarantee.PRODUCER_ORDER))
                .assertAgreement(HISTORIES, "duplicate", "invented", "order", "empty");
    }
}
