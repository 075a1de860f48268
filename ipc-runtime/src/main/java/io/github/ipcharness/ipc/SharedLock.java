package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RobustLock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A lock between threads of any number of processes, which survives the death of its owner, as a robust mutex of POSIX
 * does.
 *
 * <p>It is reentrant, and must be unlocked by the thread that locked it. What a thread did before {@link #unlock}
 * happens-before what the next owner does, in memory that both can see. There is no order among those who wait, and who
 * comes just then may be faster.
 *
 * <p><b>Crashes.</b> If the owner's process dies, or closes its {@link Ipc}, whoever waits takes the lock over within
 * about 50 ms of its waiting (200 ms, if it has waited for more than a second), and {@link #acquire()} tells it so with
 * {@link Acquired#FROM_DEAD_OWNER}: what the lock guards may be half changed. A process killed inside a call held the
 * lock or not. An owner that merely sleeps, or is stopped (SIGSTOP), keeps it: the kernel says who is dead, no timeout
 * does. A thread that ends without unlocking keeps the lock for as long as its process lives.
 *
 * <p>Methods throw {@link IpcException} where the memory underneath fails or an operation cannot be recorded, and
 * {@link IllegalStateException} once the {@link Ipc} is closed, also those that wait.
 */
public final class SharedLock implements Lock {

    private static final long LOOK_NANOS = 50_000_000;

    private final String name;
    private final Ipc ipc;
    // Threads of this process take turns here first; its holder alone contends for the shared word.
    private final ReentrantLock local = new ReentrantLock();
    private final RobustLock shared;
    private final ObjectLog log;
    /** How the one who holds the lock came by it; guarded by the lock. */
    private Acquired how;

    SharedLock(String name, Ipc ipc, RobustLock shared, ObjectLog log) {
        this.name = name;
        this.ipc = ipc;
        this.shared = shared;
        this.log = log;
    }

    /**
     * Waits for the lock without limit, and says whether its last owner died with it.
     *
     * @return {@link Acquired#FREE} also where this thread held it already
     * @throws InterruptedException if interrupted before or while waiting, unless this thread held it already; the lock
     *     is not acquired then
     */
    public Acquired acquire() throws InterruptedException {
        return acquireUntil(Deadline.NEVER);
    }

    /**
     * As {@link #acquire()}, at most so long.
     *
     * @param timeout how long at most
     * @return null if the time is over
     * @throws InterruptedException if interrupted before or while waiting, unless this thread held it already; the lock
     *     is not acquired then
     */
    public Acquired acquire(Duration timeout) throws InterruptedException {
        return acquireUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private Acquired acquireUntil(long deadline) throws InterruptedException {
        ipc.ensureOpen();
        if (local.isHeldByCurrentThread()) {
            local.lock();
            return Acquired.FREE;
        }
        long record = log.begin(Operation.LOCK, 0, 0, 0, 0);
        RobustLock.Result result = RobustLock.Result.TIMED_OUT;
        boolean interrupted = true;
        try {
            if (lockLocally(deadline)) {
                try {
                    result = shared.lockInterruptibly(deadline);
                } finally {
                    if (result == RobustLock.Result.TIMED_OUT) {
                        local.unlock();
                    }
                }
            }
            interrupted = false;
        } catch (RegionException e) {
            throw new IpcException(e);
        } finally {
            log.end(record, outcome(result, interrupted));
        }
        Acquired acquired = acquired(result);
        if (acquired != null) {
            how = acquired;
        }
        return acquired;
    }

    private boolean lockLocally(long deadline) throws InterruptedException {
        while (true) {
            long left = deadline == Deadline.NEVER ? LOOK_NANOS : deadline - System.nanoTime();
            if (local.tryLock(Math.max(0, Math.min(LOOK_NANOS, left)), TimeUnit.NANOSECONDS)) {
                return true;
            }
            // Nobody wakes those who wait for another thread of this process when the Ipc is closed: look by oneself.
            ipc.ensureOpen();
            if (Deadline.isOver(deadline)) {
                return false;
            }
        }
    }

    /** @param failed interrupted, or ended by an exception: it may say nothing about whether the lock was free */
    private static Outcome outcome(RobustLock.Result result, boolean failed) {
        return switch (result) {
            case ACQUIRED -> Outcome.OK;
            case TAKEN_OVER -> Outcome.RECOVERED;
            case TIMED_OUT -> failed ? Outcome.NO_EFFECT : Outcome.EMPTY;
        };
    }

    private static Acquired acquired(RobustLock.Result result) {
        return switch (result) {
            case ACQUIRED -> Acquired.FREE;
            case TAKEN_OVER -> Acquired.FROM_DEAD_OWNER;
            case TIMED_OUT -> null;
        };
    }

    /** As {@link #acquire()}, but not interrupted, and without saying what became of the last owner. */
    @Override
    public void lock() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    acquire();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        acquire();
    }

    /** Takes the lock if nobody living holds it; it may ask the kernel about a dead owner, but does not wait. */
    @Override
    public boolean tryLock() {
        ipc.ensureOpen();
        if (local.isHeldByCurrentThread()) {
            local.lock();
            return true;
        }
        if (!local.tryLock()) {
            return false;
        }
        RobustLock.Result result = RobustLock.Result.TIMED_OUT;
        try {
            long record = log.begin(Operation.LOCK, 0, 0, 0, 0);
            boolean failed = true;
            try {
                result = shared.tryOrTakeOver();
                failed = false;
            } finally {
                log.end(record, outcome(result, failed));
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        } finally {
            if (result == RobustLock.Result.TIMED_OUT) {
                local.unlock();
            }
        }
        if (result == RobustLock.Result.TIMED_OUT) {
            return false;
        }
        how = acquired(result);
        return true;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return acquireUntil(Deadline.in(unit.toNanos(time))) != null;
    }

    /**
     * Gives the lock back. It is given back even where that cannot be recorded.
     *
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     * @throws IllegalStateException if the {@link Ipc} was closed meanwhile, and the lock given up by that
     * @throws IpcException if it could not be recorded
     */
    @Override
    public void unlock() {
        requireHeld();
        try {
            ipc.ensureOpen();
            if (local.getHoldCount() == 1) {
                unlockShared();
            }
        } finally {
            local.unlock();
        }
    }

    private void unlockShared() {
        long record = ObjectLog.NO_RECORD;
        try {
            record = log.begin(Operation.UNLOCK, 0, 0, 0, 0);
        } finally {
            shared.unlock();
        }
        log.end(record, Outcome.OK);
    }

    /**
     * Whether this thread holds the lock, or still owes an {@code unlock} after the {@link Ipc} was closed.
     *
     * @return whether it has locked it more often than unlocked
     */
    public boolean isHeldByCurrentThread() {
        return local.isHeldByCurrentThread();
    }

    void requireHeld() {
        if (!local.isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException("this thread does not hold lock '" + name + "'");
        }
    }

    /**
     * How this thread, which holds the lock, came by it: what {@link #acquire()} said, also after a {@code lock}, a
     * {@code tryLock}, or the {@code await} of a condition, which cannot say so themselves.
     *
     * @return what the first of its acquisitions said, and if it has awaited since, how it came by the lock again
     * @throws IllegalMonitorStateException if this thread does not hold the lock
     */
    public Acquired howAcquired() {
        requireHeld();
        return how;
    }

    // ---- conditions ----

    /**
     * The condition of this lock that has no name: each call, in whatever process, gives the same one. Where threads wait
     * for different things under one lock, give each its own condition by {@link #newCondition(String)}, or use {@code
     * signalAll}.
     */
    @Override
    public Condition newCondition() {
        ipc.ensureOpen();
        return SharedCondition.open(null, ipc, this);
    }

    /**
     * The condition of this lock that has this name: each call, in whatever process, gives the same one. It does what a
     * {@link Condition} of a {@link ReentrantLock} does: {@code await} gives the lock up, however often this thread has
     * locked it, and has it again when it returns or throws, for which it waits without limit; {@code signal} wakes the
     * one that has waited longest, and needs the lock. An await may return without a signal, so wait in a loop that
     * looks.
     *
     * <p><b>Crashes.</b> A waiter that dies takes no signal with it: if its process was signalled and died before it
     * had the lock again, the next one is signalled in its stead, within about 50 ms, or 200 ms if it has waited for
     * more than a second. If the lock had to be taken over from a dead owner when an await returns,
     * {@link #howAcquired()} says so. If the {@link Ipc} is closed meanwhile, await throws
     * {@link IllegalStateException}, and the lock is not held by this process any more.
     *
     * <p>At most 1024 threads, of all processes together, wait for one condition; one more gets an
     * {@link IpcException}.
     *
     * @param name 1 to 100 characters, as names in {@link Ipc}; it belongs to this lock
     * @return a new object for it
     * @throws IllegalArgumentException if it is no such name
     */
    public Condition newCondition(String name) {
        ipc.ensureOpen();
        Ipc.requireName(name);
        return SharedCondition.open(name, ipc, this);
    }

    /** For a condition: gives the lock up, and says how often this thread had locked it. */
    int giveUp() {
        int holds = local.getHoldCount();
        try {
            unlockShared();
        } catch (RuntimeException | Error e) {
            // It is given up, and could only not be recorded: whoever catches this is to hold it all the same.
            takeShared();
            throw e;
        }
        for (int i = 0; i < holds; i++) {
            local.unlock();
        }
        return holds;
    }

    /**
     * For a condition: takes the lock as often as it was given up, without being interrupted.
     *
     * @throws IllegalStateException if the {@link Ipc} is closed; an {@code unlock} is still owed, and will say the same
     */
    void takeAgain(int holds) {
        for (int i = 0; i < holds; i++) {
            local.lock();
        }
        IpcException unrecorded = null;
        long record = ObjectLog.NO_RECORD;
        try {
            record = log.begin(Operation.LOCK, 0, 0, 0, 0);
        } catch (IpcException e) {
            // The lock must be held when this returns, whether or not it can be written down.
            unrecorded = e;
        }
        RobustLock.Result result = RobustLock.Result.TIMED_OUT;
        try {
            result = takeShared();
        } catch (RegionException e) {
            for (int i = 0; i < holds; i++) {
                local.unlock();
            }
            throw new IpcException(e);
        } finally {
            log.end(record, outcome(result, true));
        }
        if (unrecorded != null) {
            throw unrecorded;
        }
    }

    private RobustLock.Result takeShared() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    RobustLock.Result result = shared.lockInterruptibly(Deadline.NEVER);
                    how = acquired(result);
                    return result;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
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
        return "SharedLock[" + name
                + (shared.owner() == 0 ? ", free]" : ", held by participant " + shared.owner() + "]");
    }
}
