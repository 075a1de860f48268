package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Outcome;
import java.util.List;

/** A register, a counter and a compare-and-set in one. */
record ValueSpec(Long initial) implements Spec<Long> {

    static ValueSpec of(Sample sample) {
        return new ValueSpec(sample.initial());
    }

    @Override
    public List<Long> after(Long value, Op op) {
        return switch (op.operation()) {
            case READ -> op.isPending() || op.value() == value ? List.of(value) : List.of();
            case WRITE -> List.of(op.value());
            case CAS -> afterSwap(value, op);
            case ADD -> op.isPending() || op.value() == value ? List.of(value + op.other()) : List.of();
            default -> throw new IllegalArgumentException(op.toString());
        };
    }

    private static List<Long> afterSwap(Long value, Op cas) {
        boolean same = cas.other() == value;
        if (cas.isPending()) {
            return List.of(same ? cas.value() : value);
        }
        if (same != (cas.outcome() == Outcome.OK)) {
            return List.of();
        }
        return List.of(same ? cas.value() : value);
    }
}
