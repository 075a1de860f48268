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
        // Nobody can tell 73 years from a longer time, and a deadline later than that could not be compared with now.
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE / 4)) > 0 ? NEVER : in(timeout.toNanos());
    }

    /** The later of two. */
    public static long later(long one, long other) {
        return earlier(one, other) == one ? other : one;
    }

    /** The earlier of two. */
    public static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other <= 0 ? one : other;
    }

    /** Negative once it is over. */
    static long nanosUntil(long deadline) {
        return deadline == NEVER ? Long.MAX_VALUE : deadline - System.nanoTime();
    }

    public static boolean isOver(long deadline) {
        return deadline != NEVER && System.nanoTime() - deadline >= 0;
    }
}
