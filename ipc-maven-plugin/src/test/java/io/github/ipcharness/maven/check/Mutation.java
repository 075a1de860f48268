package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Spoils a history a little, so that it may or may not be correct any more. */
final class Mutation {

    private static final int REACH = 8;

    private final List<Op> ops;
    private final SplittableRandom random;

    private Mutation(List<Op> ops, SplittableRandom random) {
        this.ops = new ArrayList<>(ops);
        this.random = random;
    }

    /** The same operations but for so many changes. What goes into a queue or a pipe stays distinct. */
    static List<Op> of(List<Op> ops, int changes, SplittableRandom random) {
        Mutation mutation = new Mutation(ops, random);
        for (int i = 0; i < changes; i++) {
            mutation.change(random.nextInt(mutation.ops.size()), random.nextInt(mutation.ops.size()));
        }
        return mutation.ops;
    }

    /** The same operations, but some of them never return. Correct ones stay correct. */
    static List<Op> unfinished(List<Op> ops, int percent, SplittableRandom random) {
        List<Op> some = new ArrayList<>();
        for (Op op : ops) {
            some.add(random.nextInt(100) < percent ? op.pending() : op);
        }
        return some;
    }

    private void change(int i, int j) {
        Op op = ops.get(i);
        switch (random.nextInt(10)) {
            case 0 -> swapValues(i, j);
            case 1 -> drop(i);
            case 2 -> duplicate(op);
            case 3, 4 -> shift(i);
            case 5 -> stretch(i);
            case 6 -> ops.set(i, op.pending());
            case 7 -> endOtherwise(i);
            case 8 -> alter(i, ops.get(j).value());
            default -> ops.set(i, op.by(ops.get(j).process(), ops.get(j).endB()));
        }
    }

    private static boolean mustBeDistinct(Op op) {
        return op.operation() == Operation.PUT || op.operation() == Operation.SEND;
    }

    private void swapValues(int i, int j) {
        Op a = ops.get(i);
        Op b = ops.get(j);
        if (mustBeDistinct(a) == mustBeDistinct(b)) {
            ops.set(i, a.valued(b.value()));
            ops.set(j, b.valued(a.value()));
        }
    }

    private void drop(int i) {
        if (ops.size() > 1) {
            ops.remove(i);
        }
    }

    private void duplicate(Op op) {
        if (!mustBeDistinct(op)) {
            ops.add(op);
            shift(ops.size() - 1);
        }
    }

    private void shift(int i) {
        Op op = ops.get(i);
        int by = random.nextInt(-REACH, REACH + 1);
        Op called = op.called(op.call() + by);
        ops.set(i, op.isPending() ? called : called.returned(op.returned() + by));
    }

    private void stretch(int i) {
        Op op = ops.get(i);
        long call = op.call() - random.nextInt(-2, REACH);
        if (op.isPending()) {
            ops.set(i, op.called(call));
        } else {
            long returned = op.returned() + random.nextInt(-2, REACH);
            ops.set(i, op.called(Math.min(call, returned)).returned(Math.max(call, returned)));
        }
    }

    private void endOtherwise(int i) {
        Op op = ops.get(i);
        Set<Outcome> outcomes = Vocabulary.outcomes(op.operation());
        Outcome outcome = outcomes.stream()
                .skip(random.nextInt(outcomes.size()))
                .findFirst()
                .orElseThrow();
        ops.set(i, (op.isPending() ? op.returned(op.call() + random.nextInt(REACH)) : op).ended(outcome));
    }

    private void alter(int i, long value) {
        Op op = ops.get(i);
        if (op.operation() == Operation.CAS && random.nextBoolean()) {
            ops.set(i, op.othered(value));
        } else if (!mustBeDistinct(op)) {
            ops.set(i, op.valued(random.nextBoolean() ? value : value + 1));
        }
    }
}
