package io.github.ipcharness.ipc.memory;

import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;

/**
 * A place in shared memory where threads of any process sleep until something has changed, and where whoever changes it
 * wakes them.
 *
 * <pre>
 *   +0   mask: bit i is set while the sleeper in place i wants to be woken
 *   +8   15 places of 8 bytes: the number of the sleeper's bell, or its participant (upper half) and how its sleep on
 *        the place's lower half stands, ASLEEP or WOKEN (both negative, which no bell is), or 0
 * </pre>
 *
 * <p>The sleeper enters itself, looks once more, and then sleeps; the waker makes its change, fences, and then looks at
 * the mask: so either the sleeper sees the change or the waker sees the sleeper (Dekker 1965). The waker takes the
 * sleeper's bit away before it rings, so a sleeper is rung once for each time it lay down. A sleeper whose bit was taken
 * away but who leaves without looking passes the ring on. A waker that is killed between its change and its ring strands
 * nobody for longer than {@value #CAP_MILLIS} ms, because that is the longest sleep; {@value #LONG_CAP_MILLIS} ms once it
 * has waited for a second, so that who waits for long costs next to nothing.
 *
 * <p>A sleeper uses the place itself as a {@link Futex} if all who have the region can wake it so, and a bell otherwise.
 * Whoever joins later without a futex takes away the sleeper's bit and writes WOKEN, which the sleeper sees within
 * {@value #SLICE_NANOS} ns; so it sees an interrupt, and that its participant has left.
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
    private static final long SLICE_NANOS = 10_000_000;
    private static final int ASLEEP = -1;
    private static final int WOKEN = -2;

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
            long sleeper = region.getLongAcquire(offset(place));
            if (sleeper != 0 && wake(place, sleeper)) {
                CrashPoint.WAKER_RANG.reach();
                return;
            }
            // Its process is dead: make room, and wake another one.
            region.compareAndSetLong(offset(place), sleeper, 0);
            CrashPoint.WAKER_CLEARED.reach();
        }
    }

    /** False if the sleeper's process is dead. */
    private boolean wake(int place, long sleeper) {
        int state = (int) sleeper;
        if (state >= 0) {
            return bells.ring(sleeper);
        }
        region.compareAndSetLong(offset(place), sleeper, entry(sleeperOf(sleeper), WOKEN));
        boolean woke = Futex.isAvailable() && Futex.wakeOne(region.addressOf(offset(place)));
        // Who has not fallen asleep yet sees the word, if it is alive.
        return woke || participants.isAlive(sleeperOf(sleeper));
    }

    private static int sleeperOf(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static long entry(int participant, int state) {
        return (long) participant << Integer.SIZE | Integer.toUnsignedLong(state);
    }

    // ---- sleepers ----

    /** One lying down of one thread: enter, look, sleep, ask again, ..., leave. */
    final class Sleeper implements AutoCloseable {
        /** The bell's number, or that the sleeper is asleep on its place; 0 for neither. */
        private final long entry;

        private final int place;
        private boolean used;

        private Sleeper(long entry) {
            this.entry = entry;
            this.place = entry == 0 ? -1 : enter(entry);
            if (place >= 0) {
                CrashPoint.SLEEPER_ENTERED.reach();
                ask();
                CrashPoint.SLEEPER_ASKED.reach();
            }
        }

        /** Whether anybody will wake it; if not, there was no place, or no bell. */
        boolean canBeWoken() {
            return place >= 0;
        }

        /** Asks to be woken, also after having been woken: look at what is waited for between this and a sleep. */
        void ask() {
            if (place < 0) {
                return;
            }
            if (isOnFutex()) {
                region.putLongVolatile(offset(place), entry);
            }
            long bit = 1L << place;
            long mask;
            do {
                mask = region.getLongAcquire(base + MASK);
            } while ((mask & bit) == 0 && !region.compareAndSetLong(base + MASK, mask, mask | bit));
            VarHandle.fullFence();
        }

        private boolean isOnFutex() {
            return (int) entry < 0;
        }

        /** Sleeps without a bell until woken, interrupted, or until the deadline; may return early. */
        void sleep(long deadline) {
            long word = region.addressOf(offset(place));
            Thread self = Thread.currentThread();
            while (region.getLongVolatile(offset(place)) == entry && !self.isInterrupted() && !participants.hasLeft()) {
                long left = Deadline.nanosUntil(deadline);
                if (left <= 0) {
                    return;
                }
                Futex.await(word, ASLEEP, Math.min(left, SLICE_NANOS));
            }
            Reference.reachabilityFence(region);
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
        return new Sleeper(bell == null ? 0 : bell.number());
    }

    /** Lies down without a bell, if that {@link #hasFutex can be}: look at what is waited for after this. */
    Sleeper lieDown() {
        return new Sleeper(entry(participants.self(), ASLEEP));
    }

    /** Whether this thread can sleep here without a bell. */
    boolean hasFutex() {
        return Futex.isAvailableHere() && region.allHaveFutex();
    }

    /** A bell that rings here; null where there is none to be had. */
    Bell borrowBell() {
        return bells.areAvailable() ? bells.borrow() : null;
    }

    void giveBack(Bell bell) {
        bells.giveBack(bell);
    }

    private int enter(long entry) {
        for (int place = 0; place < PLACES; place++) {
            if (region.compareAndSetLong(offset(place), 0, entry)) {
                return place;
            }
        }
        for (int place = 0; place < PLACES; place++) {
            long other = region.getLongAcquire(offset(place));
            if (!participants.isAlive(sleeperOf(other)) && region.compareAndSetLong(offset(place), other, entry)) {
                return place;
            }
        }
        return -1;
    }

    private int offset(int place) {
        return base + FIRST_PLACE + place * Long.BYTES;
    }
}
