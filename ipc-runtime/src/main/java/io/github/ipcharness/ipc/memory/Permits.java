package io.github.ipcharness.ipc.memory;

import java.util.Map;
import java.util.TreeMap;

/**
 * Permits that processes take and give back, and that come back from a process that dies with them.
 *
 * <pre>
 *   +0    lock over the table; held for moments
 *   +8    total: permits that there are, whether free or held
 *   +16   returned: permits that came back from the dead (32 bits) | the participant they came from last (32 bits)
 *   +24   told: how many of the returned ones somebody was told of
 *   +32   places in use: those behind have never been used
 *   +40   wide: waiters who want more than one permit (too many, if one of them died)
 *   +128  where those sleep who wait for permits (see {@link WaitPoint})
 *   +256  256 places of 8 bytes:  permits held (32 bits) | participant (32 bits); nobody's if no permit is held
 * </pre>
 *
 * <p>Invariants: how many permits are free is written nowhere; it is the total without what the places say. So taking
 * and giving back are one store each, to the caller's own place, and killed at any instruction a process has done it or
 * not. What a dead process held comes back by one store to its place. It was counted before, together with whose it was:
 * a process that is killed between the two stores leaves a dead participant that has been counted, and is not counted
 * again.
 */
public final class Permits {

    private static final int PLACES = 256;
    private static final int LOCK = 0;
    private static final int TOTAL = 8;
    private static final int RETURNED = 16;
    private static final int TOLD = 24;
    private static final int IN_USE = 32;
    private static final int WIDE = 40;
    private static final int WAITERS = 128;
    private static final int FIRST_PLACE = 256;
    private static final long LOW = 0xFFFF_FFFFL;

    /** Bytes of the body. */
    public static final int BYTES = FIRST_PLACE + PLACES * Long.BYTES;

    /** How an attempt to take ended. */
    public enum Taken {
        YES,
        /** Yes, and at least one of them came back from a dead process, which nobody was told before. */
        FROM_DEAD,
        /** Fewer are free, or another process kept the table until the deadline. */
        NO
    }

    private final MappedRegion region;
    private final int base;
    private final Participants participants;
    private final RobustLock lock;
    private final WaitPoint waiters;

    public Permits(MappedRegion region, int base, Participants participants) {
        this.region = region;
        this.base = base;
        this.participants = participants;
        this.lock = new RobustLock(region, base + LOCK, participants);
        participants.guard(lock);
        this.waiters = new WaitPoint(region, base + WAITERS, participants);
    }

    /** The state of a region that is being created. */
    public static void setUp(MappedRegion region, int base, int permits) {
        region.putLong(base + TOTAL, permits);
    }

    /**
     * Takes so many permits at once, or none.
     *
     * @param probe whether to ask the kernel, if too few are free, who of those that hold some is dead
     * @param tell whether the caller is told of permits that came from the dead; if not, a later one is
     */
    public Taken take(int permits, boolean probe, boolean tell, long deadline) {
        if (lock.lock(deadline) == RobustLock.Result.TIMED_OUT) {
            return Taken.NO;
        }
        try {
            if (free() < permits && !(probe && takeBackFromDead() && free() >= permits)) {
                return Taken.NO;
            }
            if (permits > 0) {
                int place = place();
                setHeld(place, held(place) + permits);
            }
            return tell && tell(permits) ? Taken.FROM_DEAD : Taken.YES;
        } finally {
            lock.unlock();
        }
    }

    private boolean tell(int permits) {
        long told = region.getLong(base + TOLD);
        long untold = returned() - told;
        if (untold <= 0 || permits == 0) {
            return false;
        }
        // Killed before this, its permit comes back once more, and is told once more: better twice than never.
        region.putLongRelease(base + TOLD, told + Math.min(untold, permits));
        return true;
    }

    /** Takes all that are free; says how many, or -1 if another process kept the table until the deadline. */
    public int takeAll(long deadline) {
        if (lock.lock(deadline) == RobustLock.Result.TIMED_OUT) {
            return -1;
        }
        try {
            takeBackFromDead();
            int free = (int) Math.max(0, free());
            if (free > 0) {
                int place = place();
                setHeld(place, held(place) + free);
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives permits back; those beyond what this participant holds are new ones.
     *
     * @return false if there would be more than {@link Integer#MAX_VALUE}; nothing has changed then
     */
    public boolean giveBack(int permits) {
        lock.lock(Deadline.NEVER);
        try {
            int place = find(participants.self());
            long own = place < 0 ? 0 : Math.min(permits, held(place));
            long total = region.getLong(base + TOTAL) + permits - own;
            if (total > Integer.MAX_VALUE) {
                return false;
            }
            if (own > 0) {
                setHeld(place, held(place) - own);
            }
            if (own < permits) {
                region.putLongRelease(base + TOTAL, total);
            }
        } finally {
            lock.unlock();
        }
        wake();
        return true;
    }

    /**
     * Uses permits up: they are neither held nor free any more.
     *
     * @return false if this participant holds fewer; nothing has changed then
     */
    public boolean consume(int permits) {
        lock.lock(Deadline.NEVER);
        try {
            int place = find(participants.self());
            if (permits > (place < 0 ? 0 : held(place))) {
                return false;
            }
            // The total first: killed in between, the permits come back from the dead, and are gone all the same.
            region.putLongRelease(base + TOTAL, region.getLong(base + TOTAL) - permits);
            if (permits > 0) {
                setHeld(place, held(place) - permits);
            }
        } finally {
            lock.unlock();
        }
        if (free() > 0) {
            // Somebody may have looked between the two stores, and seen too few.
            wake();
        }
        return true;
    }

    /** Under the lock. True if any permit came back. */
    private boolean takeBackFromDead() {
        boolean any = false;
        for (int place = 0; place < inUse(); place++) {
            long word = region.getLong(offset(place));
            int holder = (int) word;
            long held = word >>> Integer.SIZE;
            if (held == 0 || participants.isAlive(holder)) {
                continue;
            }
            long returned = region.getLong(base + RETURNED);
            if ((int) returned != holder) {
                region.putLongRelease(
                        base + RETURNED, ((returned >>> Integer.SIZE) + held) << Integer.SIZE | holder & LOW);
            }
            region.putLongRelease(offset(place), 0);
            any = true;
        }
        return any;
    }

    /**
     * Permits that are free. Without the lock it may be too few while others take and give back; whoever sleeps for one
     * is woken after that.
     */
    public long free() {
        long held = 0;
        for (int place = 0; place < inUse(); place++) {
            held += region.getLongAcquire(offset(place)) >>> Integer.SIZE;
        }
        return region.getLongAcquire(base + TOTAL) - held;
    }

    /** Permits that are free at one instant, if no other process keeps the table until the deadline. */
    public long freeNow(long deadline) {
        boolean alone = lock.lock(deadline) != RobustLock.Result.TIMED_OUT;
        try {
            return free();
        } finally {
            if (alone) {
                lock.unlock();
            }
        }
    }

    /** How many permits each participant holds, at about this time. */
    public Map<Integer, Long> holders() {
        Map<Integer, Long> holders = new TreeMap<>();
        for (int place = 0; place < inUse(); place++) {
            long word = region.getLongAcquire(offset(place));
            if (word >>> Integer.SIZE != 0) {
                holders.put((int) word, word >>> Integer.SIZE);
            }
        }
        return holders;
    }

    /** Permits that this participant holds. */
    public long heldByThis() {
        int place = find(participants.self());
        return place < 0 ? 0 : held(place);
    }

    /** Permits that have come back from the dead so far; it wraps after 4,294,967,295. */
    public long returned() {
        return region.getLongAcquire(base + RETURNED) >>> Integer.SIZE;
    }

    // ---- waiting ----

    public WaitPoint waiters() {
        return waiters;
    }

    /** Begins to wait for so many: whoever gives back one must not wake only somebody who needs two. */
    public void beginWait(int permits) {
        if (permits > 1) {
            region.getAndAddLong(base + WIDE, 1);
        }
    }

    public void endWait(int permits) {
        if (permits > 1) {
            region.getAndAddLong(base + WIDE, -1);
        }
    }

    /** Call after permits have become free, and by those who were woken and have left some. */
    public void wake() {
        if (region.getLongVolatile(base + WIDE) != 0) {
            waiters.wakeAll();
        } else {
            waiters.wakeOne();
        }
    }

    // ---- the table, under the lock ----

    /** The place of this participant, which it gets if it has none. */
    private int place() {
        int place = find(participants.self());
        for (int i = 0; place < 0 && i < inUse(); i++) {
            if (held(i) == 0) {
                place = i;
            }
        }
        if (place < 0 && inUse() < PLACES) {
            place = inUse();
            region.putLongRelease(base + IN_USE, place + 1);
        }
        if (place < 0) {
            // Dead ones are in the way, or really that many live.
            if (!takeBackFromDead()) {
                throw new RegionException("more than " + PLACES + " living processes hold permits of " + region.file());
            }
            return place();
        }
        return place;
    }

    private int find(int participant) {
        for (int place = 0; place < inUse(); place++) {
            long word = region.getLongAcquire(offset(place));
            if ((int) word == participant && word >>> Integer.SIZE != 0) {
                return place;
            }
        }
        return -1;
    }

    private int inUse() {
        // Within the table, whatever stands there.
        return (int) Math.max(0, Math.min(PLACES, region.getLongAcquire(base + IN_USE)));
    }

    private long held(int place) {
        return region.getLongAcquire(offset(place)) >>> Integer.SIZE;
    }

    private void setHeld(int place, long held) {
        region.putLongRelease(offset(place), held << Integer.SIZE | participants.self() & LOW);
    }

    private int offset(int place) {
        return base + FIRST_PLACE + place * Long.BYTES;
    }
}
