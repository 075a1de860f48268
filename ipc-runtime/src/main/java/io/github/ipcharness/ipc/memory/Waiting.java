package io.github.ipcharness.ipc.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * One wait at a {@link WaitPoint}, or at several with one bell: a few turns of spinning, then the processor is given
 * away, then sleep until woken.
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

    private static final long NANOS_A_MILLI = 1_000_000;
    private static final long PROBE_NANOS = 10_000_000;
    /** About a second of them. */
    private static final int SHORT_SLEEPS = 20;

    private final List<WaitPoint> points;
    private final Backoff backoff = new Backoff();
    private List<WaitPoint.Sleeper> sleepers = List.of();
    private Bell bell;
    private boolean slept;
    private boolean mustAsk;
    private int sleeps;
    private long lastProbe = System.nanoTime();

    /** @param point null where there is no place to lie down: then sleeps are short, and grow */
    public Waiting(WaitPoint point) {
        this(point == null ? List.of() : List.of(point));
    }

    /** @param points of one namespace: whichever is rung ends a sleep */
    public Waiting(List<WaitPoint> points) {
        this.points = points;
    }

    /**
     * Waits a moment.
     *
     * @return false if the deadline had passed already
     */
    public boolean pause(long deadline) {
        if (points.isEmpty() || backoff.isAwake()) {
            return backoff.pause(deadline);
        }
        if (Deadline.isOver(deadline)) {
            return false;
        }
        if (!hasLainDown()) {
            // Entered now, the caller looks once more before it comes back to sleep.
            lieDown();
        } else if (mustAsk) {
            // In vain: asked again now, and it looks once more.
            ask();
        } else {
            sleep(deadline, sleeps++ < SHORT_SLEEPS ? WaitPoint.CAP_MILLIS : WaitPoint.LONG_CAP_MILLIS);
            mustAsk = true;
            slept = true;
        }
        return true;
    }

    private void sleep(long deadline, long mostMillis) {
        if (!canAllBeWoken()) {
            Backoff.parkShortly(deadline);
        } else if (bell == null) {
            sleepers.get(0).sleep(Deadline.earlier(deadline, Deadline.in(mostMillis * NANOS_A_MILLI)));
            CrashPoint.SLEEPER_WOKE.reach();
        } else {
            long millis = Math.min(mostMillis, Deadline.nanosUntil(deadline) / NANOS_A_MILLI);
            if (millis <= 0) {
                Backoff.parkShortly(deadline);
                return;
            }
            bell.sleep(millis);
            CrashPoint.SLEEPER_WOKE.reach();
        }
    }

    private void ask() {
        if (bell != null) {
            bell.silence();
        }
        for (WaitPoint.Sleeper sleeper : sleepers) {
            sleeper.ask();
        }
        mustAsk = false;
    }

    /** Where one of them cannot be woken, none is relied on to be. */
    private boolean canAllBeWoken() {
        for (WaitPoint.Sleeper sleeper : sleepers) {
            if (!sleeper.canBeWoken()) {
                return false;
            }
        }
        return true;
    }

    private void lieDown() {
        if (points.size() == 1 && points.get(0).hasFutex()) {
            sleepers = List.of(points.get(0).lieDown());
            return;
        }
        bell = points.get(0).borrowBell();
        if (bell != null) {
            bell.silence();
        }
        sleepers = new ArrayList<>(points.size());
        for (WaitPoint point : points) {
            sleepers.add(point.lieDown(bell));
        }
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
        if (points.isEmpty()) {
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
        sleepers.forEach(WaitPoint.Sleeper::used);
    }

    /** Whether the wait has become long enough to lie down. */
    public boolean hasLainDown() {
        return !sleepers.isEmpty();
    }

    @Override
    public void close() {
        sleepers.forEach(WaitPoint.Sleeper::close);
        if (bell != null) {
            points.get(0).giveBack(bell);
        }
    }
}
