package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.Permits;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A counting semaphore between threads of any number of processes: {@code java.util.concurrent.Semaphore} and
 * {@code multiprocessing.Semaphore}, whose permits come back from a process that dies.
 *
 * <p><b>Who holds a permit.</b> A permit is held by the process that acquired it, not by a thread: any thread of the
 * process may release it. As with {@code Semaphore}, a process may also release permits that it does not hold, which
 * adds new ones. A permit that is not to come back, because it stands for a signal that was taken or is handed to
 * another process, is used up with {@link #consume}; whoever releases it later adds it again.
 *
 * <p><b>Crashes.</b> What a process holds when it dies, or when its {@link Ipc} is closed, is free again: whoever waits
 * takes it within about 50 ms of its waiting (200 ms, if it has waited for more than a second). {@link #acquire()} then
 * says {@link Acquired#FROM_DEAD_OWNER}, because what the permit stands for may have been left half used; as many
 * permits are told of as came back, each to one caller ({@code tryAcquire} cannot tell, so it leaves that to others).
 * {@link #recoveredPermits()} counts them. A process killed inside a call has done it or not: an acquire in flight
 * holds nothing. A process that is stopped (SIGSTOP) keeps what it holds, because it is not dead; stopped in the middle
 * of a call it makes others wait: those that do not wait, and those with a timeout, up to 0.1 s longer,
 * {@link #release} and {@link #consume} without limit.
 *
 * <p><b>Order and memory.</b> No order among those who wait, as with an unfair {@code Semaphore}; who wants several at
 * once may be overtaken again and again by those who want one. What a thread did before {@link #release} happens-before
 * what another does after an acquire that takes that permit, in memory that both can see.
 *
 * <p>At most 256 processes hold permits at once, one more gets an {@link IpcException}; there are at most 2,147,483,647
 * permits. A number of permits below 0 is an {@link IllegalArgumentException}; 0 takes and gives nothing. Nothing is
 * recorded for the checks. Methods throw {@link IpcException} where the memory underneath fails, and
 * {@link IllegalStateException} once the {@link Ipc} is closed, also those that wait.
 */
public final class SharedSemaphore {

    private final String name;
    private final Ipc ipc;
    private final Permits permits;

    SharedSemaphore(String name, Ipc ipc, Permits permits) {
        this.name = name;
        this.ipc = ipc;
        this.permits = permits;
    }

    static SharedSemaphore open(String name, Ipc ipc, int permits) {
        requireCount(permits);
        MappedRegion region = ipc.region(name, RegionKind.SEMAPHORE, Permits.BYTES, created -> {
            created.setParameter(0, permits);
            Permits.setUp(created, MappedRegion.HEADER_BYTES, permits);
        });
        region.requireBody(Permits.BYTES);
        Ipc.requireCreatedWith(name, "permits", permits, region.parameter(0));
        return new SharedSemaphore(name, ipc, new Permits(region, MappedRegion.HEADER_BYTES, ipc.participants()));
    }

    /**
     * As {@link #acquire(int)}, for one permit.
     *
     * @return whether it came back from a dead process, and nobody was told yet
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public Acquired acquire() throws InterruptedException {
        return acquire(1);
    }

    /**
     * Waits without limit until so many permits are free, and takes them all at once.
     *
     * @param count how many
     * @return whether one of them came back from a dead process, and nobody was told yet
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public Acquired acquire(int count) throws InterruptedException {
        return acquired(acquireUntil(count, Deadline.NEVER, true));
    }

    /**
     * As {@link #acquire(int, Duration)}, for one permit.
     *
     * @param timeout how long at most
     * @return null if the time is over; nothing was acquired then
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public Acquired acquire(Duration timeout) throws InterruptedException {
        return acquire(1, timeout);
    }

    /**
     * As {@link #acquire(int)}, at most so long.
     *
     * @param count how many
     * @param timeout how long at most
     * @return null if the time is over; nothing was acquired then
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public Acquired acquire(int count, Duration timeout) throws InterruptedException {
        return acquired(acquireUntil(count, Deadline.in(Objects.requireNonNull(timeout, "timeout")), true));
    }

    /** As {@link #acquire()}, but not interrupted, and without saying where the permit came from. */
    public void acquireUninterruptibly() {
        boolean interrupted = false;
        while (true) {
            try {
                acquireUntil(1, Deadline.NEVER, false);
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * As {@link #tryAcquire(int)}, for one permit.
     *
     * @return whether it was taken
     */
    public boolean tryAcquire() {
        return tryAcquire(1);
    }

    /**
     * Takes so many permits if they are free now, or held by the dead; it may ask the kernel, but does not wait.
     *
     * @param count how many
     * @return whether they were taken
     */
    public boolean tryAcquire(int count) {
        requireCount(count);
        ipc.ensureOpen();
        try {
            return permits.take(count, true, false, soon()) != Permits.Taken.NO;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * As {@link #tryAcquire(int, long, TimeUnit)}, for one permit.
     *
     * @param timeout how long at most
     * @param unit of the timeout
     * @return whether it was taken
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(1, timeout, unit);
    }

    /**
     * Waits at most so long until so many permits are free, and takes them all at once; false if they were not.
     *
     * @param count how many
     * @param timeout how long at most
     * @param unit of the timeout
     * @return whether they were taken
     * @throws InterruptedException if interrupted before or while waiting; nothing was acquired then
     */
    public boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        return acquireUntil(count, Deadline.in(unit.toNanos(timeout)), false) != Permits.Taken.NO;
    }

    private Permits.Taken acquireUntil(int count, long deadline, boolean tell) throws InterruptedException {
        requireCount(count);
        ipc.ensureOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        long latest = Deadline.later(deadline, soon());
        try {
            Permits.Taken taken = permits.take(count, false, tell, soon());
            if (taken != Permits.Taken.NO) {
                return taken;
            }
            permits.beginWait(count);
            try (Waiting waiting = new Waiting(permits.waiters())) {
                return acquireWaiting(count, deadline, latest, tell, waiting);
            } finally {
                permits.endWait(count);
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** @param latest until when it waits for a process that is stopped in the table */
    private Permits.Taken acquireWaiting(int count, long deadline, long latest, boolean tell, Waiting waiting)
            throws InterruptedException {
        while (true) {
            boolean inTime = waiting.pauseInterruptibly(deadline);
            ipc.ensureOpen();
            // Who never waits long enough to ask the kernel must learn of a death as well.
            boolean probe = !inTime || waiting.isTimeToProbe();
            if (probe || permits.free() >= count) {
                Permits.Taken taken = permits.take(count, probe, tell, Deadline.earlier(latest, soon()));
                if (taken != Permits.Taken.NO) {
                    waiting.succeeded();
                    if (permits.free() > 0) {
                        // More came back than this one needed, and perhaps it alone was woken.
                        permits.wake();
                    }
                    return taken;
                }
            }
            if (!inTime) {
                return Permits.Taken.NO;
            }
        }
    }

    /** Another process is in the table for moments only, unless it is stopped there. */
    private static long soon() {
        return Deadline.in(Outbox.PATIENCE_NANOS);
    }

    private static Acquired acquired(Permits.Taken taken) {
        return switch (taken) {
            case YES -> Acquired.FREE;
            case FROM_DEAD -> Acquired.FROM_DEAD_OWNER;
            case NO -> null;
        };
    }

    /** As {@link #release(int)}, for one permit. */
    public void release() {
        release(1);
    }

    /**
     * Gives back so many permits that this process holds; if it holds fewer, the rest are new ones.
     *
     * @param count how many
     * @throws IllegalStateException if there would be more than 2,147,483,647 permits; nothing was released then
     */
    public void release(int count) {
        requireCount(count);
        ipc.ensureOpen();
        try {
            if (!permits.giveBack(count)) {
                throw new IllegalStateException("semaphore '" + name + "' has at most " + Integer.MAX_VALUE
                        + " permits: cannot release " + count + " more");
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * Uses up so many permits that this process holds: they will not be released, nor come back when it dies. What is
     * left of a semaphore that carries signals from one process to another: the sender releases, the receiver acquires
     * and consumes.
     *
     * @param count how many
     * @throws IllegalStateException if this process holds fewer; nothing was consumed then
     */
    public void consume(int count) {
        requireCount(count);
        ipc.ensureOpen();
        try {
            if (!permits.consume(count)) {
                throw new IllegalStateException("this process holds " + permits.heldByThis() + " permits of semaphore '"
                        + name + "', and cannot consume " + count);
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * Takes all permits that are free now, or held by the dead, and says how many those were.
     *
     * @return 0 if none was free
     */
    public int drainPermits() {
        ipc.ensureOpen();
        try {
            return Math.max(0, permits.takeAll(soon()));
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * How many permits are free at some instant during the call; those of the dead count once somebody needed them.
     *
     * @return how many are free
     */
    public int availablePermits() {
        ipc.ensureOpen();
        try {
            return (int) permits.freeNow(soon());
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * How many permits this process holds.
     *
     * @return how many, whichever thread acquired them
     */
    public int heldPermits() {
        ipc.ensureOpen();
        return (int) permits.heldByThis();
    }

    /**
     * How many permits have come back from dead processes so far; it wraps after 4,294,967,295.
     *
     * @return how many
     */
    public long recoveredPermits() {
        ipc.ensureOpen();
        return permits.returned();
    }

    private static void requireCount(int count) {
        Ipc.requireRange("permits", 0, Integer.MAX_VALUE, count);
    }

    /**
     * Its name in the namespace.
     *
     * @return what it was opened by
     */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "SharedSemaphore[" + name + ", " + permits.free() + " free]";
    }
}
