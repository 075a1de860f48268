package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.stream.IntStream;

/** A single value with reads, writes, compare-and-sets and adds, for {@link Search}. The state is the value. */
final class ValueModel implements Search.Model<Long> {

    private final History history;
    private final int[] operations;

    ValueModel(History history) {
        this.history = history;
        // A read that never returned tells nothing.
        this.operations = IntStream.range(0, history.size())
                .filter(i -> !history.is(i, Operation.READ, Outcome.PENDING))
                .toArray();
    }

    int operation(int number) {
        return operations[number];
    }

    @Override
    public int size() {
        return operations.length;
    }

    @Override
    public long call(int number) {
        return history.call(operations[number]);
    }

    @Override
    public long returned(int number) {
        return history.returned(operations[number]);
    }

    @Override
    public Long initial() {
        return history.initial();
    }

    @Override
    public boolean isAlike(int a, int b) {
        int i = operations[a];
        int j = operations[b];
        return history.operation(i) == history.operation(j)
                && history.value(i) == history.value(j)
                && history.other(i) == history.other(j);
    }

    @Override
    public boolean mayOnlyLook(int number) {
        Operation operation = history.operation(operations[number]);
        return operation == Operation.READ || operation == Operation.CAS;
    }

    @Override
    public Long apply(Long state, int number) {
        int i = operations[number];
        Outcome outcome = history.outcome(i);
        return switch (history.operation(i)) {
            case READ -> state == history.value(i) ? state : null;
            case WRITE -> history.value(i);
            case CAS -> swap(state, i, outcome);
            case ADD ->
                outcome == Outcome.PENDING || state == history.value(i)
                        ? (Long) history.type().plus(state, history.other(i))
                        : null;
            default -> throw new IllegalStateException("no operation of a value: " + history.describe(i));
        };
    }

    /** A compare-and-set that never returned either missed, which leaves no trace, or was done. */
    private Long swap(Long state, int i, Outcome outcome) {
        if (outcome == Outcome.MISS) {
            return state == history.other(i) ? null : state;
        }
        return state == history.other(i) ? (Long) history.value(i) : null;
    }
}
