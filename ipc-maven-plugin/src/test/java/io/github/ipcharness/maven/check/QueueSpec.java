package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A queue, or a bag, with room for so many values.
 *
 * @param capacity {@link #UNKNOWN} if nobody knows, so that being refused as full tells nothing
 * @param fifo whether only what was put first comes out
 * @param drained what must not be left inside in the end
 */
record QueueSpec(long capacity, boolean fifo, Set<Long> drained) implements Spec<List<Long>> {

    private static final long UNKNOWN = Long.MAX_VALUE;

    static QueueSpec of(Sample sample) {
        return new QueueSpec(sample.capacity().orElse(UNKNOWN), true, toBeDrained(sample));
    }

    static QueueSpec bag(Sample sample) {
        return new QueueSpec(sample.capacity().orElse(UNKNOWN), false, toBeDrained(sample));
    }

    private static Set<Long> toBeDrained(Sample sample) {
        return sample.ops().stream()
                .filter(op -> sample.drained() && op.operation() == Operation.PUT && op.outcome() == Outcome.OK)
                .map(Op::value)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Long> initial() {
        return List.of();
    }

    @Override
    public List<List<Long>> after(List<Long> inside, Op op) {
        return op.operation() == Operation.PUT ? afterPut(inside, op) : afterGet(inside, op);
    }

    private List<List<Long>> afterPut(List<Long> inside, Op put) {
        boolean full = inside.size() == capacity;
        if (put.outcome() == Outcome.FULL) {
            return full || capacity == UNKNOWN ? List.of(inside) : List.of();
        }
        if (full) {
            return List.of();
        }
        List<Long> more = new ArrayList<>(inside);
        more.add(put.value());
        return List.of(more);
    }

    private List<List<Long>> afterGet(List<Long> inside, Op get) {
        if (get.outcome() == Outcome.EMPTY) {
            return inside.isEmpty() ? List.of(inside) : List.of();
        }
        List<List<Long>> states = new ArrayList<>();
        for (int i = 0; i < (fifo ? Math.min(1, inside.size()) : inside.size()); i++) {
            if (get.isPending() || get.value() == inside.get(i)) {
                List<Long> fewer = new ArrayList<>(inside);
                fewer.remove(i);
                states.add(fewer);
            }
        }
        return states;
    }

    @Override
    public boolean mayEnd(List<Long> inside) {
        return inside.stream().noneMatch(drained::contains);
    }
}
