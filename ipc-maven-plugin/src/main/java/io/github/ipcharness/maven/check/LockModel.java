package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.stream.IntStream;

/**
 * A lock for {@link Search}. The state is 0 if it is free, p + 1 if process p holds it, -(p + 1) if p died holding it.
 *
 * <p>Beside the operations, each process that may have died with the lock has a death: an operation that never returns,
 * called at the process's last sign of life, so it may happen at any time from then on, or never. A lock that was asked
 * for in vain says nothing and is left out.
 */
final class LockModel implements Search.Model<Integer> {

    private final History history;
    private final int[] operations;
    private final int[] mortals;

    LockModel(History history) {
        this.history = history;
        this.operations = IntStream.range(0, history.size())
                .filter(i -> history.outcome(i) != Outcome.EMPTY)
                .toArray();
        this.mortals = mortals();
    }

    private int[] mortals() {
        int[] held = new int[history.processes()];
        boolean takenOver = false;
        for (int i : operations) {
            boolean lock = history.operation(i) == Operation.LOCK;
            // One that never returned may have been a takeover, as an unlock that follows can show.
            takenOver |= lock && history.outcome(i) != Outcome.OK;
            boolean released = history.is(i, Operation.UNLOCK, Outcome.OK);
            held[history.process(i)] += released ? -1 : lock ? 1 : 0;
        }
        boolean matters = takenOver;
        return IntStream.range(0, held.length)
                .filter(p -> matters && held[p] > 0)
                .toArray();
    }

    /** The operation in the history, or -1 for a death. */
    int operation(int number) {
        return number < operations.length ? operations[number] : -1;
    }

    @Override
    public int size() {
        return operations.length + mortals.length;
    }

    @Override
    public long call(int number) {
        return number < operations.length
                ? history.call(operations[number])
                : history.lastSeen(mortals[number - operations.length]);
    }

    @Override
    public long returned(int number) {
        return number < operations.length ? history.returned(operations[number]) : Long.MAX_VALUE;
    }

    @Override
    public Integer initial() {
        return 0;
    }

    @Override
    public boolean mayOnlyLook(int number) {
        return false;
    }

    @Override
    public Integer apply(Integer state, int number) {
        if (number >= operations.length) {
            int mortal = mortals[number - operations.length] + 1;
            return state == mortal ? (Integer) (-mortal) : null;
        }
        int i = operations[number];
        int holder = history.process(i) + 1;
        if (history.operation(i) == Operation.UNLOCK) {
            return state == holder ? (Integer) 0 : null;
        }
        boolean free = switch (history.outcome(i)) {
            case RECOVERED -> state < 0;
            case PENDING -> state <= 0;
            default -> state == 0;
        };
        return free ? (Integer) holder : null;
    }
}
