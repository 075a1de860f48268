package io.github.ipcharness.ipc.memory;

import java.time.Duration;

/** An instant of {@link System#nanoTime()} after which a call gives up. {@link #NEVER} waits without end. */
public final class Deadline {

    public static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    public static long in(long nanos) {
        if (nanos == NEVER) {
            return NEVER;
        }
        long deadline = System.nanoTime() + Math.max(0, Math.min(nanos, Long.MAX_VALUE / 4));
        return deadline == NEVER ? NEVER - 1 : deadline;
    }

    /** @param timeout null waits without end */
    public static long in(Duration timeout) {
        if (timeout == null) {
            return NEVER;
        }
        if (timeout.isNegative()) {
            return in(0);
        }
        // A duration beyond 292 years does not fit a long of nanoseconds; nobody can tell it from a longer one.
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0 ? NEVER : in(timeout.toNanos());
    }

    public static boolean isOver(long deadline) {
        return deadline != NEVER && System.nanoTime() - deadline >= 0;
    }
}
