package io.github.ipcharness.ipc.memory;

/**
 * Who holds the two ends of a pipe, and which ends are closed.
 *
 * <pre>
 *   +0   lock over this table    +8  retired: both ends are gone, the file is no more
 *   +64  end A: holder           +72 end A: closed
 *   +128 end B: holder           +136 end B: closed
 * </pre>
 *
 * <p>Invariants: an end has one holder ever; it is closed after its last message. A pipe both of whose ends are gone is
 * retired, and only who holds the lock in the retired pipe takes its name away, so that a new pipe of the name keeps it:
 * somebody who looked at the old pipe and comes late must not remove the new one.
 */
public final class PipeEnds {

    public static final int BYTES = 192;

    private static final int LOCK = 0;
    private static final int RETIRED = 8;
    private static final int FIRST_END = 64;
    private static final int END_BYTES = 64;
    private static final int CLOSED = 8;

    private final MappedRegion region;
    private final int base;
    private final Participants participants;
    private final RobustLock lock;
    private final Runnable clearAway;

    /** @param clearAway run once the pipe is over, before its name is free for a new one; again if that was cut short */
    public PipeEnds(MappedRegion region, int base, Participants participants, Runnable clearAway) {
        this.region = region;
        this.base = base;
        this.participants = participants;
        this.lock = new RobustLock(region, base + LOCK, participants);
        participants.guard(lock);
        this.clearAway = clearAway;
    }

    /** How an attempt to hold an end came out. */
    public enum Attached {
        DONE,
        /** Another living process, or another part of this one, holds the end. */
        HELD,
        /** The end was closed, or its holder died, while the other end lives on or is still to come. */
        GONE,
        /** The pipe is over; the name is free for a new one. */
        RETIRED
    }

    public Attached attach(int end) {
        lock.lock(Deadline.NEVER);
        try {
            if (isRetired()) {
                // Whoever retired it may have died before the name was free.
                freeName();
                return Attached.RETIRED;
            }
            if (holder(end) == Participants.NOBODY) {
                region.putLongRelease(place(end), participants.self());
                CrashPoint.PIPE_ATTACHED.reach();
                return Attached.DONE;
            }
            if (!isGone(end, true)) {
                return Attached.HELD;
            }
            return retireIfOver(1 - end) ? Attached.RETIRED : Attached.GONE;
        } finally {
            lock.unlock();
        }
    }

    /** Closes the end, and takes the pipe's name away if that was the end of it. */
    public void close(int end) {
        region.putLongVolatile(place(end) + CLOSED, 1);
        CrashPoint.PIPE_CLOSED.reach();
        lock.lock(Deadline.NEVER);
        try {
            if (!isRetired()) {
                retireIfOver(1 - end);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isRetired() {
        return region.getLongAcquire(base + RETIRED) != 0;
    }

    private boolean retireIfOver(int other) {
        if (!isGone(other, true)) {
            return false;
        }
        region.putLongRelease(base + RETIRED, 1);
        CrashPoint.PIPE_RETIRED.reach();
        freeName();
        return true;
    }

    private void freeName() {
        clearAway.run();
        region.removeName();
    }

    /**
     * Whether the end was held once and is closed, or its holder is dead.
     *
     * @param probe whether to ask the kernel about a holder that has not closed
     */
    public boolean isGone(int end, boolean probe) {
        int holder = holder(end);
        return holder != Participants.NOBODY
                && (region.getLongAcquire(place(end) + CLOSED) != 0 || probe && !participants.isAlive(holder));
    }

    /** The participant that holds the end, or {@link Participants#NOBODY}. */
    public int holder(int end) {
        return (int) region.getLongAcquire(place(end));
    }

    private int place(int end) {
        return base + FIRST_END + end * END_BYTES;
    }
}
