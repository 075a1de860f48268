package io.github.ipcharness.ipc.memory;

import java.util.concurrent.locks.LockSupport;

/**
 * One wait for something that another process will do: a few turns of spinning, then the processor is given away, then
 * sleeps that grow from 20 microseconds to a millisecond.
 *
 * <p>The spinning is short on purpose: on two cores a waiter that spins starves the very peer it waits for. Each turn
 * the caller looks again at what it waits for, so a waker that dies strands nobody.
 */
public final class Backoff {

    private static final int SPINS = 100;
    private static final int YIELDS = 20;
    private static final long SHORTEST_NANOS = 20_000;
    private static final long LONGEST_NANOS = 1_000_000;
    private static final long PROBE_NANOS = 10_000_000;

    private int turn;
    private long sleepNanos = SHORTEST_NANOS;
    private long sleptNanos;
    private long probedAtNanos;

    /**
     * Waits a moment.
     *
     * @return false if the deadline had passed already
     */
    public boolean pause(long deadline) {
        if (turn < SPINS) {
            turn++;
            Thread.onSpinWait();
            // Reading the clock costs more than a spin: look at the deadline now and then.
            return (turn & 15) != 0 || !Deadline.isOver(deadline);
        }
        if (Deadline.isOver(deadline)) {
            return false;
        }
        if (turn < SPINS + YIELDS) {
            turn++;
            Thread.yield();
            return true;
        }
        long left = Deadline.nanosUntil(deadline);
        // With an interrupt pending, which this wait leaves to others, parking would not wait at all.
        boolean interrupted = Thread.interrupted();
        LockSupport.parkNanos(Math.min(sleepNanos, Math.max(1, left)));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        sleptNanos += sleepNanos;
        sleepNanos = Math.min(LONGEST_NANOS, sleepNanos * 2);
        return true;
    }

    /** Whether the next turn only spins or gives the processor away. */
    boolean isAwake() {
        return turn < SPINS + YIELDS;
    }

    /** Sleeps a millisecond, or until the deadline if that is sooner, where nobody but an interrupt can wake the thread. */
    static void parkShortly(long deadline) {
        long left = Deadline.nanosUntil(deadline);
        LockSupport.parkNanos(Math.min(LONGEST_NANOS, Math.max(1, left)));
    }

    /** As {@link #pause}, for calls that an interrupt may end. */
    public boolean pauseInterruptibly(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        boolean inTime = pause(deadline);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return inTime;
    }

    /** Whether the wait has become long enough to ask the kernel if a peer is dead: once about every 10 ms. */
    public boolean isTimeToProbe() {
        if (sleptNanos - probedAtNanos < PROBE_NANOS) {
            return false;
        }
        probedAtNanos = sleptNanos;
        return true;
    }
}
