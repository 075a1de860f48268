package io.github.ipcharness.ipc.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast one thread of a built-in program goes. It hesitates at random if the run asks for jitter; a fault may slow it
 * down; and a sender waits before some message until the run's faults have come, so that they meet a program that has
 * something left to do, however fast the machine.
 */
final class Pace {

    private static final int ONE_IN = 8;
    private static final long HOLD_LOOK_MILLIS = 1;

    private final SplittableRandom random;
    private final long jitterNanos;
    private final long slowNanos;
    private final long slowAfterNanos;
    private final long slowAfterOperations;
    private final long slowForNanos;
    private final Path hold;
    private long holdAt;
    private long operations;
    private long firstNanos;

    /** @param random of the thread's own, so that its hesitations change nothing else that it draws */
    Pace(SplittableRandom random) {
        this.random = random;
        this.jitterNanos = Job.number("jitter", 0);
        this.slowNanos = Job.number("slow", 0);
        this.slowAfterNanos = Job.number("slowAfter", 0);
        this.slowAfterOperations = Job.number("slowAfterMessages", 0);
        this.slowForNanos = Job.number("slowFor", Long.MAX_VALUE);
        this.hold = Path.of(Job.text("home", "."), "hold");
        this.holdAt = Job.number("holdAt", Long.MAX_VALUE);
    }

    /** To be called before each operation. */
    void step() {
        if (jitterNanos > 0 && random.nextInt(ONE_IN) == 0) {
            pause(random.nextLong(jitterNanos + 1));
        }
        if (slowNanos > 0) {
            slow();
        }
    }

    private void slow() {
        long now = System.nanoTime();
        firstNanos = operations++ == 0 ? now : firstNanos;
        long since = now - firstNanos - slowAfterNanos;
        if (since >= 0 && since < slowForNanos && operations > slowAfterOperations) {
            pause(slowNanos);
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /**
     * To be called before messages are sent; waits while faults are due.
     *
     * @param sent how many have been sent
     * @param wanted how many are to be sent now
     * @return how many of them may be sent before this is to be called again, at least one
     */
    int allow(int sent, int wanted) throws InterruptedException {
        if (sent < holdAt) {
            return (int) Math.min(wanted, holdAt - sent);
        }
        while (Files.exists(hold)) {
            TimeUnit.MILLISECONDS.sleep(HOLD_LOOK_MILLIS);
        }
        holdAt = Long.MAX_VALUE;
        return wanted;
    }
}
