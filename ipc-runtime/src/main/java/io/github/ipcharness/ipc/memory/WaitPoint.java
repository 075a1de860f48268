package io.github.ipcharness.ipc.memory;

import java.lang.invoke.VarHandle;

/**
 * A place in shared memory where threads of any process sleep until something has changed, and where whoever changes it
 * wakes them.
 *
 * <pre>
 *   +0   mask: bit i is set while the sleeper in place i wants to be woken
 *   +8   15 places of 8 bytes: the number of the sleeper's bell, or 0
 * </pre>
 *
 * <p>The sleeper enters itself, looks once more, and then sleeps; the waker makes its change, fences, and then looks at
 * the mask: so either the sleeper sees the change or the waker sees the sleeper (Dekker 1965). The waker takes the
 * sleeper's bit away before it rings, so a sleeper is rung once for each time it lay down. A sleeper whose bit was taken
 * away but who leaves without looking passes the ring on. A waker that is killed between its change and its ring strands
 * nobody for longer than {@value #CAP_MILLIS} ms, because that is the longest sleep; {@value #LONG_CAP_MILLIS} ms once it
 * has waited for a second, so that who waits for long costs next to nothing.
 *
 * <p>Where all places are taken, or sockets cannot lie in the namespace, a sleeper looks again every millisecond.
 */
public final class WaitPoint {

    /** Bytes of a wait point. */
    public static final int BYTES = 128;

    private static final int MASK = 0;
    private static final int FIRST_PLACE = 8;
    private static final int PLACES = 15;
    private static final long ALL_PLACES = (1L << PLACES) - 1;
    static final long CAP_MILLIS = 50;
    static final long LONG_CAP_MILLIS = 200;

    private final MappedRegion region;
    private final int base;
    private final Participants participants;
    private final Bells bells;

    public WaitPoint(MappedRegion region, int base, Participants participants) {
        this.region = region;
        this.base = base;
        this.participants = participants;
        this.bells = participants.bells();
    }

    /** Threads that lie here, those of dead processes among them; there may be more, who found no place. */
    public int sleepers() {
        int count = 0;
        for (int place = 0; place < PLACES; place++) {
            count += region.getLongAcquire(offset(place)) != 0 ? 1 : 0;
        }
        return count;
    }

    // ---- wakers ----

    /**
     * Wakes one sleeper, if there is one; with nobody asleep it costs a load. Call it after the change, with a volatile
     * store in between (or as the change itself): that is the fence on the waker's side.
     */
    public void wakeOne() {
        if (region.getLongVolatile(base + MASK) != 0) {
            wakeNext();
        }
    }

    /** Wakes all who sleep now; see {@link #wakeOne}. Who lies down again meanwhile has seen the change. */
    public void wakeAll() {
        for (int i = 0; i < PLACES && region.getLongVolatile(base + MASK) != 0; i++) {
            wakeNext();
        }
    }

    private void wakeNext() {
        while (true) {
            long mask = region.getLongAcquire(base + MASK);
            // Whatever else stands in a word that is damaged, it is no place.
            int place = Long.numberOfTrailingZeros(mask & ALL_PLACES);
            if (place >= PLACES) {
                return;
            }
            if (!region.compareAndSetLong(base + MASK, mask, mask & ~(1L << place))) {
                continue;
            }
            CrashPoint.WAKER_CHOSE.reach();
            long bell = region.getLongAcquire(offset(place));
            if (bell != 0 && bells.ring(bell)) {
                CrashPoint.WAKER_RANG.reach();
                return;
            }
            // Its process is dead: make room, and wake another one.
            region.compareAndSetLong(offset(place), bell, 0);
            CrashPoint.WAKER_CLEARED.reach();
        }
    }

    // ---- sleepers ----

    /** One lying down of one thread: enter, look, sleep on its bell, ask again, ..., leave. */
    final class Sleeper implements AutoCloseable {
        private final int place;
        private boolean used;

        private Sleeper(Bell bell) {
            this.place = bell == null ? -1 : enter(bell.number());
            if (place >= 0) {
                CrashPoint.SLEEPER_ENTERED.reach();
                ask();
                CrashPoint.SLEEPER_ASKED.reach();
            }
        }

        /** Whether anybody will ring; if not, there was no place, or no bell. */
        boolean canBeRung() {
            return place >= 0;
        }

        /** Asks to be rung, also after having been rung: look at what is waited for between this and a sleep. */
        void ask() {
            if (place < 0) {
                return;
            }
            long bit = 1L << place;
            long mask;
            do {
                mask = region.getLongAcquire(base + MASK);
            } while ((mask & bit) == 0 && !region.compareAndSetLong(base + MASK, mask, mask | bit));
            VarHandle.fullFence();
        }

        /** Says that what was waited for has come: a ring, if there was one, has been of use. */
        void used() {
            used = true;
        }

        /** Leaves the place, and passes on a ring that was of no use here. */
        @Override
        public void close() {
            if (place < 0) {
                return;
            }
            boolean rung = !takeBack();
            CrashPoint.SLEEPER_TOOK_BACK.reach();
            region.putLongRelease(offset(place), 0);
            CrashPoint.SLEEPER_LEFT.reach();
            if (rung && !used) {
                wakeNext();
            }
        }

        private boolean takeBack() {
            long bit = 1L << place;
            while (true) {
                long mask = region.getLongAcquire(base + MASK);
                if ((mask & bit) == 0) {
                    return false;
                }
                if (region.compareAndSetLong(base + MASK, mask, mask & ~bit)) {
                    return true;
                }
            }
        }
    }

    /** Lies down with this bell, or with none: look at what is waited for after this and before a sleep. */
    Sleeper lieDown(Bell bell) {
        return new Sleeper(bell);
    }

    /** A bell that rings here; null where there is none to be had. */
    Bell borrowBell() {
        return bells.areAvailable() ? bells.borrow() : null;
    }

    void giveBack(Bell bell) {
        bells.giveBack(bell);
    }

    /**
     * Sleeps until rung, interrupted, or until the deadline; may return early.
     *
     * @param bell null if nobody will ring
     * @param mostMillis for how long at most
     */
    static void sleep(Bell bell, long deadline, long mostMillis) {
        long millis = Math.min(mostMillis, millisUntil(deadline));
        if (bell == null || millis == 0) {
            Backoff.parkShortly(deadline);
        } else {
            bell.sleep(millis);
            CrashPoint.SLEEPER_WOKE.reach();
        }
    }

    private int enter(long bell) {
        for (int place = 0; place < PLACES; place++) {
            if (region.compareAndSetLong(offset(place), 0, bell)) {
                return place;
            }
        }
        for (int place = 0; place < PLACES; place++) {
            long other = region.getLongAcquire(offset(place));
            if (!participants.isAlive((int) (other >>> Integer.SIZE))
                    && region.compareAndSetLong(offset(place), other, bell)) {
                return place;
            }
        }
        return -1;
    }

    private int offset(int place) {
        return base + FIRST_PLACE + place * Long.BYTES;
    }

    private static long millisUntil(long deadline) {
        return deadline == Deadline.NEVER ? Long.MAX_VALUE : Math.max(0, (deadline - System.nanoTime()) / 1_000_000);
    }
}
