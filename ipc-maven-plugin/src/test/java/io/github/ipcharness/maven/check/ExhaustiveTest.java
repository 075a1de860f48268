package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who compares with a yardstick must have looked at the yardstick. */
class ExhaustiveTest {

    private static Op put(long value, long call, long returned) {
        return Op.asked(0, Operation.PUT, value, 0)
                .called(call)
                .returned(returned)
                .ended(Outcome.OK);
    }

    private static Op got(long value, long call, long returned) {
        return Op.asked(1, Operation.GET, value, 0)
                .called(call)
                .returned(returned)
                .ended(Outcome.OK);
    }

    private static Op foundNothing(long call, long returned) {
        return got(0, call, returned).ended(Outcome.EMPTY);
    }

    private static boolean isQueue(Op... ops) {
        Sample sample = Sample.of(History.QUEUE, List.of(ops));
        return Exhaustive.isLinearizable(QueueSpec.of(sample), sample.ops());
    }

    @Test
    void inOrder() {
        assertThat(isQueue(put(1, 0, 1), put(2, 2, 3), got(1, 4, 5), got(2, 6, 7)))
                .isTrue();
        assertThat(isQueue(put(1, 0, 1), put(2, 2, 3), got(2, 4, 5), got(1, 6, 7)))
                .isFalse();
    }

    @Test
    void whatOverlapsHasNoOrder() {
        assertThat(isQueue(put(1, 0, 2), put(2, 2, 3), got(2, 4, 5), got(1, 6, 7)))
                .isTrue();
        assertThat(isQueue(put(1, 0, 1), put(2, 2, 3), got(2, 4, 6), got(1, 6, 7)))
                .isTrue();
    }

    @Test
    void whatNeverReturnedMayHaveHappenedOrNot() {
        assertThat(isQueue(put(1, 0, 1).pending(), got(1, 4, 5))).isTrue();
        assertThat(isQueue(put(1, 0, 1).pending(), foundNothing(4, 5))).isTrue();
        assertThat(isQueue(put(1, 4, 5).pending(), got(1, 0, 3))).isFalse();
        assertThat(isQueue(put(1, 0, 1), got(0, 2, 3).pending(), foundNothing(4, 5)))
                .isTrue();
        assertThat(isQueue(put(1, 0, 1), got(0, 6, 7).pending(), foundNothing(4, 5)))
                .isFalse();
    }

    @Test
    void anUnfinishedOperationIsDoneOnce() {
        assertThat(isQueue(put(1, 0, 1), put(2, 0, 1), got(0, 2, 3).pending(), foundNothing(4, 5)))
                .isFalse();
    }

    /** All orders of all operations, one by one: nothing is remembered, nothing is left out early. */
    private static boolean isLinearizableByOrders(Spec<Long> spec, List<Op> order, List<Op> rest) {
        if (rest.stream().allMatch(Op::isPending) && isPossible(spec, order)) {
            return true;
        }
        for (Op op : rest) {
            List<Op> longer = new ArrayList<>(order);
            longer.add(op);
            List<Op> fewer = new ArrayList<>(rest);
            fewer.remove(op);
            if (isLinearizableByOrders(spec, longer, fewer)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPossible(Spec<Long> spec, List<Op> order) {
        for (int i = 0; i < order.size(); i++) {
            for (int j = i + 1; j < order.size(); j++) {
                if (order.get(j).isBefore(order.get(i))) {
                    return false;
                }
            }
        }
        List<Long> states = List.of(spec.initial());
        for (Op op : order) {
            states = states.isEmpty() ? states : spec.after(states.get(0), op);
        }
        return !states.isEmpty();
    }

    @Test
    void agreesWithAllOrders() {
        long[] differing = LongStream.range(0, 3000)
                .filter(seed -> {
                    SplittableRandom random = new SplittableRandom(seed);
                    ValueDevice value = new ValueDevice(0, (process, now, choice) -> switch (choice.nextInt(3)) {
                        case 0 -> ValueDevice.read(process);
                        case 1 -> ValueDevice.add(process, choice.nextInt(1, 3));
                        default -> ValueDevice.cas(process, now, choice.nextInt(3));
                    });
                    List<Op> ops = Mutation.of(Simulation.run(value, 3, 6, random), 1, random);
                    ValueSpec spec = new ValueSpec(0L);
                    return Exhaustive.isLinearizable(spec, ops) != isLinearizableByOrders(spec, List.of(), ops);
                })
                .toArray();

        assertThat(differing).as("seeds: %s", Arrays.toString(differing)).isEmpty();
    }
}
