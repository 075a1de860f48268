package io.github.ipcharness.ipc.memory;

/**
 * A lock in one shared word, which survives the death of its owner.
 *
 * <p>The word holds the number of the participant that owns it, or zero. Whoever waits for long asks the kernel whether
 * the owner lives; if not, it puts its own number in the place of the dead one's by compare-and-set, so exactly one of
 * all who wait takes over, and is told. An owner that is merely frozen keeps the lock.
 *
 * <p>Those who wait in a participant that leaves get an {@link IllegalStateException}.
 *
 * <p>Two threads of one process exclude each other as two processes do; the word does not tell them apart.
 * Acquiring has acquire semantics, releasing has release semantics.
 */
public final class RobustLock {

    /** How an attempt ended. */
    public enum Result {
        /** The lock was free. */
        ACQUIRED,
        /** The lock was taken over from an owner that died with it: what it guards may need repair. */
        TAKEN_OVER,
        /** The deadline passed. */
        TIMED_OUT
    }

    private final MappedRegion region;
    private final int offset;
    private final Participants participants;
    private final int self;
    private final WaitPoint waiters;

    /** A lock that is held for moments only: those who wait for it do not lie down. */
    public RobustLock(MappedRegion region, int offset, Participants participants) {
        this(region, offset, participants, null);
    }

    /** @param waiters where those who wait for long lie down */
    public RobustLock(MappedRegion region, int offset, Participants participants, WaitPoint waiters) {
        this.waiters = waiters;
        this.region = region;
        this.offset = offset;
        this.participants = participants;
        this.self = participants.self();
    }

    public boolean tryLock() {
        if (region.getLongAcquire(offset) != Participants.NOBODY || !take(Participants.NOBODY)) {
            return false;
        }
        CrashPoint.LOCK_TAKEN.reach();
        return true;
    }

    /** Puts this participant's number in the place of the owner's, unless this participant has left in the meantime. */
    private boolean take(long owner) {
        if (!region.compareAndSetLong(offset, owner, self)) {
            return false;
        }
        if (participants.hasLeft()) {
            region.compareAndSetLong(offset, self, owner);
            throw left();
        }
        return true;
    }

    private IllegalStateException left() {
        return new IllegalStateException("closed: participant " + self + " has left the namespace: " + region.file());
    }

    /** Waits until the deadline, and is not interrupted: for calls that cannot be. */
    public Result lock(long deadline) {
        if (tryLock()) {
            return Result.ACQUIRED;
        }
        Backoff backoff = new Backoff();
        while (backoff.pause(deadline)) {
            Result result = tryOnce(backoff.isTimeToProbe());
            if (result != null) {
                return result;
            }
        }
        // Whoever asks often and briefly must learn of a dead owner as well.
        return tryOrTakeOver();
    }

    /**
     * Waits until the deadline or an interrupt, and lies down if the lock has a place for that. A lock that is free is
     * taken all the same.
     */
    public Result lockInterruptibly(long deadline) throws InterruptedException {
        if (tryLock()) {
            return Result.ACQUIRED;
        }
        try (Waiting waiting = new Waiting(waiters)) {
            while (waiting.pauseInterruptibly(deadline)) {
                Result result = tryOnce(waiting.isTimeToProbe());
                if (result != null) {
                    waiting.succeeded();
                    return result;
                }
            }
        }
        return tryOrTakeOver();
    }

    private Result tryOnce(boolean probe) {
        if (participants.hasLeft()) {
            // Whoever holds the lock may keep it for long, and nobody here would sleep any more.
            throw left();
        }
        if (tryLock()) {
            return Result.ACQUIRED;
        }
        if (!probe) {
            return null;
        }
        Result result = tryOrTakeOver();
        return result == Result.TIMED_OUT ? null : result;
    }

    /** Tries once, asking the kernel about an owner that is in the way. */
    public Result tryOrTakeOver() {
        if (tryLock()) {
            return Result.ACQUIRED;
        }
        long owner = region.getLongAcquire(offset);
        if (owner == Participants.NOBODY) {
            return tryLock() ? Result.ACQUIRED : Result.TIMED_OUT;
        }
        if (!participants.isAlive((int) owner) && take(owner)) {
            region.countTaking();
            CrashPoint.LOCK_TAKEN_OVER.reach();
            return Result.TAKEN_OVER;
        }
        return Result.TIMED_OUT;
    }

    /**
     * Only its owner may call this. A volatile access, so that whoever unlocks may look for sleepers afterwards; and a
     * compare-and-set, because this participant may have left while it was inside, and somebody else be the owner now.
     */
    public void unlock() {
        CrashPoint.LOCK_UNLOCKING.reach();
        region.compareAndSetLong(offset, self, Participants.NOBODY);
        CrashPoint.LOCK_UNLOCKED.reach();
        if (waiters != null) {
            waiters.wakeOne();
        }
    }

    /** The number of the participant that holds the lock now, or {@link Participants#NOBODY}. */
    public int owner() {
        return (int) region.getLongAcquire(offset);
    }
}
