package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import java.util.ArrayList;
import java.util.List;

/** A lock that is held by a process, which may die. */
record LockSpec() implements Spec<LockSpec.State> {

    /** @param holder {@link #NOBODY} if it is free */
    record State(int holder, boolean dead) {}

    private static final int NOBODY = -1;
    private static final State FREE = new State(NOBODY, false);

    static boolean isWrong(Sample sample) {
        List<Op> ops = new ArrayList<>(sample.ops());
        sample.ops().stream().map(Op::process).distinct().forEach(process -> ops.add(death(sample, process)));
        return !Exhaustive.isLinearizable(new LockSpec(), ops);
    }

    /** At any time after the last sign of life, or never. */
    private static Op death(Sample sample, int process) {
        long seen = sample.ops().stream()
                .filter(op -> op.process() == process)
                .mapToLong(op -> op.isPending() ? op.call() : op.returned())
                .max()
                .orElseThrow();
        return Op.asked(process, Operation.CLOSE, 0, 0).called(seen);
    }

    @Override
    public State initial() {
        return FREE;
    }

    @Override
    public List<State> after(State state, Op op) {
        boolean holds = state.holder == op.process() && !state.dead;
        return switch (op.operation()) {
            case CLOSE -> holds ? List.of(new State(op.process(), true)) : List.of();
            case UNLOCK -> holds ? List.of(FREE) : List.of();
            default -> afterLock(state, op);
        };
    }

    private List<State> afterLock(State state, Op lock) {
        State held = new State(lock.process(), false);
        boolean free = state.holder == NOBODY;
        return switch (lock.outcome()) {
            case EMPTY -> List.of(state);
            case OK -> free ? List.of(held) : List.of();
            case RECOVERED -> state.dead ? List.of(held) : List.of();
            default -> free || state.dead ? List.of(held) : List.of();
        };
    }
}
