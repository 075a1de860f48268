package io.github.ipcharness.ipc.memory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The consumers' side of a {@link MessageRing} whose messages stay in it until somebody has said that they are done: what a
 * dead consumer was working on is handed out again.
 *
 * <pre>
 *   base +   0  next: commit word as the ring's; the first message that was never handed out
 *   base +   8  given back: how often a message was given back by a living consumer
 *   base + 128  a row of entries of 16 bytes, as many as the capacity rounded up to a power of two; the message with
 *               the number n has the n-th, round and round:
 *               the ring's commit word after the message (8) | state (8)
 *
 *   state         done (1 bit at 62) | how often handed out (30 bits) | participant that works on it, or 0 (32 bits)
 *
 *   ring          .... head ............. next ............. tail ....
 *                      |  handed out        |  waiting         |
 *                      |  or done           |                  |
 * </pre>
 *
 * <p>Invariants: the ring's head is the oldest message that is not done, so its producers keep all that is needed. Under the
 * consumers' lock a consumer fills the entries of new messages and then hands them out by one store of {@code next}:
 * killed before that, they still wait, and their entries are filled again. An entry that was handed out changes by
 * compare-and-set of its state alone: to done by the participant that it names, to another participant only once that one
 * is dead or has given it back. The head follows over whatever is done at the front, by one store under the lock; a process
 * that is killed before it leaves that to the next one.
 *
 * <p>Who says done looks afterwards whether the front is done, and who moves the head looks afterwards at what is done
 * behind it (Dekker 1965), so no room is left taken.
 */
public final class AcknowledgedRing implements MessageSource {

    /** As many messages as a ring of this kind may hold: each needs an entry. */
    public static final int MAX_MESSAGES = 1 << 16;

    private static final int NEXT = 0;
    private static final int GIVEN_BACK = 8;
    private static final int FIRST_ENTRY = 128;
    private static final int ENTRY_BYTES = 16;
    private static final int STATE = 8;
    private static final long DONE = 1L << 62;
    private static final long ONE_TIME = 1L << Integer.SIZE;
    private static final long TIMES_MASK = (1L << 30) - 1;
    private static final long PATIENCE_NANOS = 100_000_000;
    private static final long PROBE_NANOS = 10_000_000;

    private final MappedRegion region;
    private final int base;
    private final int mask;
    private final MessageRing ring;
    private final Participants participants;
    private final WaitPoint allDone;

    /** Messages of the dead and messages given back, as far as this process knows; a hint, looked at under the lock. */
    private volatile int orphans;

    private volatile long givenBackSeen;
    private volatile long lastProbe = System.nanoTime() - PROBE_NANOS;

    // Guarded by the consumers' lock: the open batch.
    private final List<Pick> picks = new ArrayList<>();
    private long cursor;
    private boolean settled;

    /** @param allDone rung when nothing is waiting or being worked on any more */
    public AcknowledgedRing(
            MappedRegion region, int base, MessageRing ring, WaitPoint allDone, Participants participants) {
        this.region = region;
        this.base = base;
        this.ring = ring;
        this.mask = entries(ring.capacity()) - 1;
        this.allDone = allDone;
        this.participants = participants;
    }

    public static int bodyBytes(int capacity) {
        return (FIRST_ENTRY + entries(capacity) * ENTRY_BYTES + 127) & -128;
    }

    private static int entries(int capacity) {
        return capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
    }

    /** A message that was handed out to this participant. */
    public record Handed(int entry, long state, long spillNumber) {
        /** How often it was handed out, this time included. */
        public int times() {
            return (int) (state >>> Integer.SIZE & TIMES_MASK);
        }
    }

    /** A message of the open batch. @param before its state if it was handed out before, else 0 */
    private record Pick(int entry, long end, long before, long spillNumber) {}

    // ---- takes ----

    @Override
    public boolean beginTake(long deadline) {
        probeIfDue();
        return begun(ring.beginTake(deadline));
    }

    @Override
    public boolean beginTakeInterruptibly(long deadline) throws InterruptedException {
        probeIfDue();
        return begun(ring.beginTakeInterruptibly(deadline));
    }

    /** Whoever never waits, or always finds new messages, must come to those of the dead as well. */
    private void probeIfDue() {
        if (System.nanoTime() - lastProbe >= PROBE_NANOS) {
            lookForOrphans();
        } else {
            countOrphans();
        }
    }

    private boolean begun(boolean alone) {
        if (!alone) {
            return false;
        }
        picks.clear();
        settled = false;
        try {
            moveHead();
            cursor = next();
            return true;
        } catch (RuntimeException | Error e) {
            ring.endTake();
            throw e;
        }
    }

    @Override
    public boolean read(Incoming into) {
        return orphans > 0 && readOrphan(into) || readNew(into);
    }

    private boolean readOrphan(Incoming into) {
        // A batch has its orphans first, oldest first.
        long at = ring.head();
        long next = next();
        boolean passed = picks.isEmpty();
        int last = passed ? -1 : picks.get(picks.size() - 1).entry();
        while (at != next) {
            int entry = entry(at);
            long state = state(entry);
            if (passed && isOrphan(state)) {
                ring.seek(at);
                if (!ring.read(into)) {
                    throw new RegionException("damaged: a message that was handed out is not there: " + region.file());
                }
                into.setAgain();
                picks.add(new Pick(entry, end(entry), state, into.spillNumber()));
                return true;
            }
            passed |= entry == last;
            at = end(entry);
        }
        return false;
    }

    /** Asks nobody: whoever is dead was found to be so before this was called. */
    private boolean isOrphan(long state) {
        return (state & DONE) == 0 && participants.isKnownDead((int) state);
    }

    private boolean readNew(Incoming into) {
        ring.seek(cursor);
        if (!ring.read(into)) {
            return false;
        }
        picks.add(new Pick(entry(cursor), ring.cursor(), 0, into.spillNumber()));
        cursor = ring.cursor();
        return true;
    }

    /** Hands the batch out, and is done with it: killed from now on, nobody gets them again. */
    @Override
    public void commitTake() {
        commit(DONE);
        moveHead();
    }

    /** Hands out the batch, of one message, to this participant. */
    public Handed commitHandOut() {
        commit(participants.self() & 0xFFFF_FFFFL);
        Pick pick = picks.get(0);
        return new Handed(pick.entry(), state(pick.entry()), pick.spillNumber());
    }

    private void commit(long owner) {
        for (Pick pick : picks) {
            long times = (pick.before() & ~DONE) >>> Integer.SIZE << Integer.SIZE;
            long state = times + ONE_TIME | owner;
            if (pick.before() == 0) {
                region.putLong(offset(pick.entry()), pick.end());
                region.putLongVolatile(offset(pick.entry()) + STATE, state);
            } else {
                // Nobody else changes it: the dead do nothing, and who gave it back has nothing to do with it any more.
                region.putLongVolatile(offset(pick.entry()) + STATE, state);
            }
        }
        region.putLongVolatile(base + NEXT, cursor);
    }

    @Override
    public void endTake() {
        boolean all = settled;
        ring.endTake();
        if (all) {
            wakeAllDone();
        }
    }

    /** Moves the head over what is done at the front: under the lock. */
    private void moveHead() {
        long head = ring.head();
        long next = next();
        long at = head;
        while (at != next && (state(entry(at)) & DONE) != 0) {
            at = end(entry(at));
        }
        if (at != head) {
            ring.seek(at);
            ring.commitTake();
            settled |= isAllDone();
        }
    }

    /** Those who wait for the end of the work, or of the stream. */
    private void wakeAllDone() {
        allDone.wakeAll();
        ring.notEmpty().wakeAll();
    }

    // ---- what was handed out ----

    /** Says that it is done; false if it is not this participant's any more, because that has left. */
    public boolean done(Handed handed) {
        if (!change(handed, handed.state() | DONE)) {
            return false;
        }
        ring.spill().delete(handed.spillNumber());
        moveHeadIfDue();
        return true;
    }

    /** Lets somebody else have it; false if it is not this participant's any more. */
    public boolean giveBack(Handed handed) {
        if (!change(handed, handed.state() >>> Integer.SIZE << Integer.SIZE)) {
            return false;
        }
        region.getAndAddLong(base + GIVEN_BACK, 1);
        ring.notEmpty().wakeOne();
        return true;
    }

    private boolean change(Handed handed, long state) {
        return region.compareAndSetLong(offset(handed.entry()) + STATE, handed.state(), state);
    }

    /** Makes room if the front is done: who said so may have been killed before it could. */
    private void moveHeadIfDue() {
        long head = ring.head();
        if (head == next() || (state(entry(head)) & DONE) == 0) {
            return;
        }
        // If another consumer keeps the ring for so long, whoever comes next moves the head.
        if (ring.beginTake(Deadline.in(PATIENCE_NANOS))) {
            settled = false;
            try {
                moveHead();
            } finally {
                endTake();
            }
        }
    }

    /** Asks the kernel about those who work on something: call it while waiting, and now and then when not. */
    public void lookForOrphans() {
        lastProbe = System.nanoTime();
        Set<Integer> asked = new HashSet<>();
        long at = ring.head();
        // The head may move on meanwhile, and entries be filled anew: then somebody is asked about in vain.
        for (int left = handedOut(at); left > 0; left--) {
            long state = state(entry(at));
            if ((state & DONE) == 0 && asked.add((int) state)) {
                participants.isAlive((int) state);
            }
            at = end(entry(at));
        }
        orphans = 1;
        countOrphans();
    }

    /** Looks again how many there are, if there were any, or one was given back; asks nobody. */
    private int countOrphans() {
        long givenBack = region.getLongVolatile(base + GIVEN_BACK);
        if (orphans == 0 && givenBack == givenBackSeen) {
            return 0;
        }
        givenBackSeen = givenBack;
        int found = 0;
        long at = ring.head();
        for (int left = handedOut(at); left > 0; left--) {
            found += isOrphan(state(entry(at))) ? 1 : 0;
            at = end(entry(at));
        }
        orphans = found;
        return found;
    }

    /** As {@link #lookForOrphans}, and what a killed process left to do. */
    public void probe() {
        lookForOrphans();
        moveHeadIfDue();
    }

    /** How many messages each participant works on, at about this time; those that were given back under 0. */
    public Map<Integer, Integer> workers() {
        Map<Integer, Integer> workers = new TreeMap<>();
        long at = ring.head();
        for (int left = handedOut(at); left > 0; left--) {
            long state = state(entry(at));
            if ((state & DONE) == 0) {
                workers.merge((int) state, 1, Integer::sum);
            }
            at = end(entry(at));
        }
        return workers;
    }

    /** Messages that are not done, at about this time. */
    public int unfinished() {
        long at = ring.head();
        int count = (int) MessageRing.messages(ring.tail(), next());
        for (int left = handedOut(at); left > 0; left--) {
            count += (state(entry(at)) & DONE) == 0 ? 1 : 0;
            at = end(entry(at));
        }
        return count;
    }

    /** Whether this participant works on something. */
    private boolean isWorking() {
        long at = ring.head();
        for (int left = handedOut(at); left > 0; left--) {
            long state = state(entry(at));
            if ((state & DONE) == 0 && (int) state == participants.self()) {
                return true;
            }
            at = end(entry(at));
        }
        return false;
    }

    /** Entries from there to the next one; none if the ring has moved on meanwhile. */
    private int handedOut(long from) {
        long count = MessageRing.messages(next(), from);
        return count > mask + 1 ? 0 : (int) count;
    }

    /** Whether everything that was put is done. */
    public boolean isAllDone() {
        return ring.isEmpty();
    }

    /**
     * Whether there is nothing to come for this participant, if nobody puts any more: everything is done; or what is not is
     * being worked on, by this participant too. A consumer that has nothing to do waits until all is done, because the
     * others may die; one that has something need not, because the others may wait for it.
     */
    public boolean isOver() {
        return isAllDone() || isEmpty() && isWorking();
    }

    // ---- sizes ----

    @Override
    public int size() {
        int again = countOrphans();
        while (true) {
            long next = next();
            long waiting = MessageRing.messages(ring.tail(), next);
            if (next() == next) {
                return (int) waiting + again;
            }
        }
    }

    @Override
    public boolean isEmpty() {
        if (size() > 0) {
            return false;
        }
        probeIfDue();
        return size() == 0;
    }

    @Override
    public int used() {
        return ring.size();
    }

    @Override
    public int capacity() {
        return ring.capacity();
    }

    @Override
    public void passOnMessages(boolean woken) {
        if (woken && !isEmpty()) {
            ring.notEmpty().wakeOne();
        }
    }

    @Override
    public WaitPoint notEmpty() {
        return ring.notEmpty();
    }

    @Override
    public WaitPoint notFull() {
        return ring.notFull();
    }

    @Override
    public SpillFiles spill() {
        return ring.spill();
    }

    // ---- words ----

    private long next() {
        return region.getLongVolatile(base + NEXT);
    }

    private int entry(long cursor) {
        return (int) MessageRing.messages(cursor, 0) & mask;
    }

    private long end(int entry) {
        return region.getLongAcquire(offset(entry));
    }

    private long state(int entry) {
        return region.getLongVolatile(offset(entry) + STATE);
    }

    private int offset(int entry) {
        return base + FIRST_ENTRY + entry * ENTRY_BYTES;
    }
}
