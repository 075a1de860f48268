package io.github.ipcharness.ipc.memory;

/**
 * Those who wait for a signal under a lock, oldest first.
 *
 * <pre>
 *   +0    the next ticket
 *   +8    places in use: those behind have never been used
 *   +128  where those sleep who wait (see {@link WaitPoint})
 *   +256  1024 places of 8 bytes, one for each thread that waits:
 *         signalled (1 bit) | 0 | ticket (30 bits) | participant (32 bits); 0 is free
 * </pre>
 *
 * <p>Invariants: who enters and who signals holds the lock, so they are alone; everything else is a compare-and-set of one
 * place. A signal belongs to one place, so nobody who comes later can take it. Its owner frees the place once it has the
 * lock again: if it dies before, whoever else waits finds a dead owner that was signalled, signals the next in its stead,
 * and then frees the place. Killed between the two, or done by two at once, one signal becomes two; it never becomes none.
 */
public final class Signals {

    private static final int PLACES = 1024;
    private static final int TICKET = 0;
    private static final int IN_USE = 8;
    private static final int WAITERS = 128;
    private static final int FIRST_PLACE = 256;
    private static final long SIGNALLED = 1L << 63;
    private static final long TICKET_MASK = (1L << 30) - 1;
    /** Moves a difference of tickets to where its sign is. */
    private static final int TICKET_SIGN = Long.SIZE - 30;

    public static final int BYTES = FIRST_PLACE + PLACES * Long.BYTES;

    private final MappedRegion region;
    private final int base;
    private final Participants participants;
    private final WaitPoint waiters;

    public Signals(MappedRegion region, int base, Participants participants) {
        this.region = region;
        this.base = base;
        this.participants = participants;
        this.waiters = new WaitPoint(region, base + WAITERS, participants);
    }

    /** One thread's wait. */
    public final class Entry {
        private final int place;
        private final long word;

        private Entry(int place, long word) {
            this.place = place;
            this.word = word;
        }

        public boolean isSignalled() {
            return word(place) == (word | SIGNALLED);
        }

        /** Gives the wait up; false if it was signalled before that. */
        public boolean cancel() {
            return region.compareAndSetLong(offset(place), word, 0);
        }

        /** Frees the place after a signal: call it under the lock. */
        public void leave() {
            region.compareAndSetLong(offset(place), word | SIGNALLED, 0);
        }
    }

    /** Enters this thread: under the lock. */
    public Entry enter() {
        int place = freePlace();
        long ticket = region.getLong(base + TICKET) & TICKET_MASK;
        region.putLong(base + TICKET, ticket + 1);
        long word = ticket << Integer.SIZE | participants.self() & 0xFFFF_FFFFL;
        region.putLongRelease(offset(place), word);
        return new Entry(place, word);
    }

    private int freePlace() {
        for (int attempt = 0; attempt < 2; attempt++) {
            for (int place = 0; place < inUse(); place++) {
                if (word(place) == 0) {
                    return place;
                }
            }
            if (inUse() < PLACES) {
                int place = inUse();
                region.putLongRelease(base + IN_USE, place + 1);
                return place;
            }
            replaceTheDead();
        }
        throw new RegionException("more than " + PLACES + " threads wait at " + region.file());
    }

    /** Signals the oldest that waits, if there is one: under the lock. */
    public void signal() {
        signalOldest();
        waiters.wakeAll();
    }

    /** Signals all that wait: under the lock. */
    public void signalAll() {
        for (int place = 0; place < inUse(); place++) {
            long word = word(place);
            if (word > 0) {
                region.compareAndSetLong(offset(place), word, word | SIGNALLED);
            }
        }
        waiters.wakeAll();
    }

    private void signalOldest() {
        while (true) {
            int oldest = -1;
            long oldestWord = 0;
            for (int place = 0; place < inUse(); place++) {
                long word = word(place);
                if (word > 0 && (oldest < 0 || isOlder(word, oldestWord))) {
                    oldest = place;
                    oldestWord = word;
                }
            }
            // If it gives up at this moment, the signal is the next one's.
            if (oldest < 0 || region.compareAndSetLong(offset(oldest), oldestWord, oldestWord | SIGNALLED)) {
                return;
            }
        }
    }

    private static boolean isOlder(long word, long other) {
        return ((word >>> Integer.SIZE) - (other >>> Integer.SIZE) << TICKET_SIGN) < 0;
    }

    /** Takes the dead away, and signals others for those of them that were signalled; with or without the lock. */
    public void replaceTheDead() {
        boolean any = false;
        for (int place = 0; place < inUse(); place++) {
            long word = word(place);
            if (word == 0 || participants.isAlive((int) word)) {
                continue;
            }
            if (word > 0 && region.compareAndSetLong(offset(place), word, 0)) {
                continue;
            }
            long signalled = word | SIGNALLED;
            if (word(place) == signalled) {
                signalOldest();
                any = true;
                region.compareAndSetLong(offset(place), signalled, 0);
            }
        }
        if (any) {
            waiters.wakeAll();
        }
    }

    /** Those who wait, dead or alive, and have not been signalled. */
    public int waiting() {
        int count = 0;
        for (int place = 0; place < inUse(); place++) {
            count += word(place) > 0 ? 1 : 0;
        }
        return count;
    }

    public WaitPoint waiters() {
        return waiters;
    }

    private int inUse() {
        // Within the table, whatever stands there.
        return (int) Math.max(0, Math.min(PLACES, region.getLongAcquire(base + IN_USE)));
    }

    private long word(int place) {
        return region.getLongVolatile(offset(place));
    }

    private int offset(int place) {
        return base + FIRST_PLACE + place * Long.BYTES;
    }
}
