package io.github.ipcharness.ipc.memory;

/**
 * One wait at a {@link WaitPoint}: a few turns of spinning, then the processor is given away, then sleep until woken.
 *
 * <pre>{@code
 * try (Waiting waiting = new Waiting(point)) {
 *     while (!tryOnce()) {
 *         if (!waiting.pauseInterruptibly(deadline)) return false;
 *     }
 *     waiting.succeeded();
 * }
 * }</pre>
 *
 * <p>The spinning is short on purpose: on two cores a waiter that spins starves the very peer it waits for. Each turn
 * the caller looks again at what it waits for.
 */
public final class Waiting implements AutoCloseable {

    private static final long PROBE_NANOS = 10_000_000;

    private final WaitPoint point;
    private final Backoff backoff = new Backoff();
    private WaitPoint.Sleeper sleeper;
    private boolean slept;
    private long lastProbe = System.nanoTime();

    /** @param point null where there is no place to lie down: then sleeps are short, and grow */
    public Waiting(WaitPoint point) {
        this.point = point;
    }

    /**
     * Waits a moment.
     *
     * @return false if the deadline had passed already
     */
    public boolean pause(long deadline) {
        if (point == null || backoff.isAwake()) {
            return backoff.pause(deadline);
        }
        if (Deadline.isOver(deadline)) {
            return false;
        }
        if (sleeper == null) {
            // Entered now, the caller looks once more before it comes back to sleep.
            sleeper = point.lieDown();
        } else {
            sleeper.sleep(deadline);
            slept = true;
        }
        return true;
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

    /** Whether it is time to ask the kernel if a peer is dead: after a sleep, and not more often than every 10 ms. */
    public boolean isTimeToProbe() {
        if (point == null) {
            return backoff.isTimeToProbe();
        }
        if (!slept || System.nanoTime() - lastProbe < PROBE_NANOS) {
            return false;
        }
        slept = false;
        lastProbe = System.nanoTime();
        return true;
    }

    /** Says that what was waited for has come: a ring, if there was one, has been of use. */
    public void succeeded() {
        if (sleeper != null) {
            sleeper.used();
        }
    }

    /** Whether the wait has become long enough to lie down. */
    public boolean hasLainDown() {
        return sleeper != null;
    }

    @Override
    public void close() {
        if (sleeper != null) {
            sleeper.close();
        }
    }
}
