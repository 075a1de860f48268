package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** A lock. It may take the owner for dead, whether it is or not. */
final class LockDevice implements Device {

    private static final int FREE = -1;

    private final SplittableRandom choice;
    private final Set<Integer> believers = new HashSet<>();
    private int holder = FREE;

    LockDevice(SplittableRandom choice) {
        this.choice = choice;
    }

    /** Who got the lock gives it back, even if it was taken from him. */
    @Override
    public Op ask(int process, SplittableRandom random) {
        Operation operation = believers.remove(process) ? Operation.UNLOCK : Operation.LOCK;
        return Op.asked(process, operation, 0, 0);
    }

    @Override
    public Op answer(Op asked) {
        if (asked.operation() == Operation.UNLOCK) {
            holder = holder == asked.process() ? FREE : holder;
            return asked.ended(Outcome.OK);
        }
        boolean free = holder == FREE;
        if (!free && choice.nextInt(3) > 0) {
            return asked.ended(Outcome.EMPTY);
        }
        holder = asked.process();
        believers.add(holder);
        return asked.ended(free ? Outcome.OK : Outcome.RECOVERED);
    }
}
