package io.github.ipcharness.ipc.memory;

/**
 * Parties that wait for each other, again and again, and learn if one of them died.
 *
 * <pre>
 *   +0    lock over the table; held for moments
 *   +8    state: commit word
 *   +16   who broke it last: generation (low 32 bits) | participant that died, or 0
 *   +24   places in use: those behind have never been used
 *   +128  where those sleep who have arrived (see {@link WaitPoint})
 *   +256  a place for each party and each party of the generation before, 8 bytes:
 *         arrivals (16 bits) | generation (low 16 bits) | participant (32 bits); 0 is free
 *
 *   state         63              24 23                                   1 0
 *                 +-----------------+---------------------------------------+--------+
 *                 | generation      | which of the 23 before it were broken | broken |
 *                 +-----------------+---------------------------------------+--------+
 * </pre>
 *
 * <p>Invariants: an arrival is one store, to the place of its participant. The generation ends by one compare-and-set of
 * the state: tripped by the last arrival, or given up by a reset. Arrivals of the generation count; those of the one
 * before, if it tripped, say who the members are: a member whose process is dead will not come, so it breaks the
 * generation, as the death of one that has arrived does. Whoever scans the table takes older places away, so no place
 * ever grows so old that its generation could be taken for a newer one.
 *
 * <p>If all members and all who arrived are dead, nobody is left whom a break would tell anything: then the next arrival
 * begins anew, as with a meeting that has just been made.
 */
public final class Meeting {

    public static final int MAX_PARTIES = 4096;

    private static final int LOCK = 0;
    private static final int STATE = 8;
    private static final int BREAKER = 16;
    private static final int IN_USE = 24;
    private static final int ARRIVED = 128;
    private static final int FIRST_PLACE = 256;
    private static final int PAST = 23;
    private static final int GENERATION_SHIFT = PAST + 1;
    private static final long PAST_MASK = (1L << PAST) - 1;
    private static final long BROKEN = 1;
    private static final int SHORT_BITS = 16;
    private static final long SHORT_MASK = (1L << SHORT_BITS) - 1;

    /** How a generation stands. */
    public enum Standing {
        WAITING,
        TRIPPED,
        /** Broken, or given up by a reset; also where more than 23 generations have passed since, which nobody knows. */
        BROKEN
    }

    /**
     * One arrival.
     *
     * @param index how many were still to come after it: 0 for the last one
     */
    public record Arrival(long generation, int index) {}

    private final MappedRegion region;
    private final int base;
    private final int parties;
    private final Participants participants;
    private final RobustLock lock;
    private final WaitPoint arrived;

    public Meeting(MappedRegion region, int base, int parties, Participants participants) {
        this.region = region;
        this.base = base;
        this.parties = parties;
        this.participants = participants;
        this.lock = new RobustLock(region, base + LOCK, participants);
        participants.guard(lock);
        this.arrived = new WaitPoint(region, base + ARRIVED, participants);
    }

    public static int bodyBytes(int parties) {
        return FIRST_PLACE + 2 * parties * Long.BYTES;
    }

    /** The generation that an arrival would be of now. */
    public long generation() {
        return generation(state());
    }

    /**
     * Arrives, and ends the generation if everybody has.
     *
     * @return the arrival; null if the generation is broken
     * @throws Busy if another process kept the table until the deadline
     */
    public Arrival arrive(long deadline) throws Busy {
        if (lock.lock(deadline) == RobustLock.Result.TIMED_OUT) {
            throw new Busy();
        }
        boolean tripped = false;
        try {
            long state = state();
            if (isDeserted(state)) {
                region.compareAndSetLong(base + STATE, state, next(state, true));
                state = state();
            }
            if (isBroken(state)) {
                return null;
            }
            int before = arrivals(state);
            if (before >= parties) {
                // The last one came, and was killed before it let the others go.
                giveUp(generation(state), Participants.NOBODY);
                return null;
            }
            int place = place(state);
            region.putLongRelease(offset(place), arrivedOnceMore(place, state));
            int index = parties - 1 - before;
            if (index == 0) {
                tripped = region.compareAndSetLong(base + STATE, state, next(state, false));
            }
            return new Arrival(generation(state), index);
        } finally {
            lock.unlock();
            if (tripped) {
                arrived.wakeAll();
            }
        }
    }

    /** Another process kept the table. */
    public static final class Busy extends Exception {
        Busy() {
            super("another process keeps the table", null, false, false);
        }
    }

    private boolean isDeserted(long state) {
        boolean any = isBroken(state);
        for (int place = 0; place < inUse(); place++) {
            long word = word(place);
            if (counts(word, state)) {
                if (participants.isAlive(participant(word))) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /** How a generation stands. */
    public Standing standing(long generation) {
        long state = state();
        long ago = generation(state) - generation;
        if (ago == 0) {
            return isBroken(state) ? Standing.BROKEN : Standing.WAITING;
        }
        return ago > PAST || (state >>> ago & 1) != 0 ? Standing.BROKEN : Standing.TRIPPED;
    }

    /** Breaks the generation if one of those that it needs is dead; asks the kernel about each of them. */
    public void breakIfSomebodyDied(long generation) {
        long state = state();
        if (generation(state) != generation || isBroken(state)) {
            return;
        }
        for (int place = 0; place < inUse(); place++) {
            long word = word(place);
            if (counts(word, state) && !participants.isAlive(participant(word))) {
                giveUp(generation, participant(word));
                return;
            }
        }
    }

    /** Breaks the generation; false if it was over already. */
    public boolean giveUp(long generation) {
        return giveUp(generation, Participants.NOBODY);
    }

    private boolean giveUp(long generation, int dead) {
        while (true) {
            long state = state();
            if (generation(state) != generation || isBroken(state)) {
                return false;
            }
            // Before it is broken, so that whoever is told can say why; if two break it at once, either may be named.
            region.putLongRelease(base + BREAKER, generation << Integer.SIZE | dead & 0xFFFF_FFFFL);
            if (region.compareAndSetLong(base + STATE, state, state | BROKEN)) {
                arrived.wakeAll();
                return true;
            }
        }
    }

    /** Breaks the generation if somebody waits in it, forgets who the members are, and begins a new one. */
    public void reset() {
        long state;
        do {
            state = state();
        } while (!region.compareAndSetLong(base + STATE, state, next(state, true)));
        arrived.wakeAll();
    }

    /** The participant whose death broke this generation, or {@link Participants#NOBODY} if it was something else. */
    public int deadPartyOf(long generation) {
        long breaker = region.getLongAcquire(base + BREAKER);
        return (int) (breaker >>> Integer.SIZE) == (int) generation ? (int) breaker : Participants.NOBODY;
    }

    public boolean isBroken() {
        return isBroken(state());
    }

    /** Those who have arrived and wait, dead or alive; none if it is broken. */
    public int waiting() {
        long state = state();
        return isBroken(state) ? 0 : arrivals(state) % parties;
    }

    public WaitPoint arrived() {
        return arrived;
    }

    // ---- the state ----

    private long state() {
        return region.getLongVolatile(base + STATE);
    }

    private static long generation(long state) {
        return state >>> GENERATION_SHIFT;
    }

    private static boolean isBroken(long state) {
        return (state & BROKEN) != 0;
    }

    private static boolean trippedBefore(long state) {
        return (state & 2) == 0;
    }

    private static long next(long state, boolean broken) {
        long past = (state & ~BROKEN | (broken ? 1 : 0)) & PAST_MASK;
        return (generation(state) + 1) << GENERATION_SHIFT | past << 1;
    }

    // ---- the table ----

    private static int participant(long word) {
        return (int) word;
    }

    /** Whether the generation needs whoever has this place: it has arrived, or was there when the one before tripped. */
    private static boolean counts(long word, long state) {
        return word != 0 && (isOf(word, generation(state)) || isOfMember(word, state));
    }

    private static boolean isOfMember(long word, long state) {
        return trippedBefore(state) && isOf(word, generation(state) - 1);
    }

    private static boolean isOf(long word, long generation) {
        return (word >>> Integer.SIZE & SHORT_MASK) == (generation & SHORT_MASK) && word != 0;
    }

    private static int arrivals(long word, long generation) {
        return isOf(word, generation) ? (int) (word >>> Integer.SIZE + SHORT_BITS) : 0;
    }

    private int arrivals(long state) {
        int sum = 0;
        for (int place = 0; place < inUse(); place++) {
            sum += arrivals(word(place), generation(state));
        }
        return sum;
    }

    private long arrivedOnceMore(int place, long state) {
        long arrivals = arrivals(word(place), generation(state)) + 1L;
        return arrivals << Integer.SIZE + SHORT_BITS
                | (generation(state) & SHORT_MASK) << Integer.SIZE
                | participants.self() & 0xFFFF_FFFFL;
    }

    /** The place of this participant, which it gets if it has none; takes away what does not count any more. */
    private int place(long state) {
        int mine = -1;
        int free = -1;
        for (int place = 0; place < inUse(); place++) {
            long word = word(place);
            if (word != 0 && !counts(word, state)) {
                region.putLongRelease(offset(place), 0);
                word = 0;
            }
            if (word == 0 && free < 0) {
                free = place;
            }
            if (word != 0 && participant(word) == participants.self()) {
                mine = place;
            }
        }
        if (mine >= 0) {
            return mine;
        }
        if (free < 0) {
            free = inUse();
            region.putLongRelease(base + IN_USE, free + 1);
        }
        return free;
    }

    private int inUse() {
        // Within the table, whatever stands there.
        return (int) Math.max(0, Math.min(2L * parties, region.getLongAcquire(base + IN_USE)));
    }

    private long word(int place) {
        return region.getLongAcquire(offset(place));
    }

    private int offset(int place) {
        return base + FIRST_PLACE + place * Long.BYTES;
    }
}
