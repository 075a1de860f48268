package io.github.ipcharness.ipc.memory;

import java.util.ArrayList;
import java.util.List;

/**
 * Which processes put into a queue, and which of them have said that they will not put any more.
 *
 * <pre>
 *   256 places of 8 bytes:  participant (32 bits) | ended (1 bit) | senders before it in this place (31 bits); 0 is free
 * </pre>
 *
 * <p>Invariants: a sender enters itself before its first message, and marks itself ended after its last. So whoever sees
 * every sender ended or dead, and then looks at the ring once more, has seen every message. The place of one that has ended
 * or died may be given to another. Who is entered, and how many were before it, is one word: else a sender that is killed
 * between the two would be missing from the count for ever, and a stream that expects it would never end.
 */
public final class Senders {

    private static final int PLACES = 256;
    private static final long ENDED = 1L << 32;
    private static final long NUMBER = 0xFFFF_FFFFL;
    private static final int BEFORE = 33;
    private static final int NONE = -1;

    /** Bytes of the table. */
    public static final int BYTES = PLACES * Long.BYTES;

    private final MappedRegion region;
    private final int base;
    private final int expected;
    private final Participants participants;
    /** Where this participant's word is, or 0 if it has not entered. */
    private volatile int mine;

    /** @param expected senders before the stream can end */
    public Senders(MappedRegion region, int base, int expected, Participants participants) {
        this.region = region;
        this.base = base;
        this.expected = expected;
        this.participants = participants;
    }

    /**
     * Enters this participant, if it has not been entered yet. False if it has ended already, be it through another
     * object of the same queue.
     */
    public boolean enter() {
        int place = place();
        // Another one's number: this one has ended, and its place was given away.
        return place != NONE && (region.getLongAcquire(place) & (NUMBER | ENDED)) == participants.self();
    }

    /** {@link #NONE} if this participant has ended, and its place was given away. */
    private int place() {
        int known = mine;
        if (known != 0) {
            return known;
        }
        // All threads and all objects of this participant share one place: two of them must not take two.
        synchronized (participants) {
            int place = find(participants.self());
            if (place < 0 && participants.hasEnded(region.id())) {
                return NONE;
            }
            if (place < 0 && !takePlace()) {
                throw new RegionException("more than " + PLACES + " living processes put into " + region.file());
            }
            mine = place < 0 ? find(participants.self()) : place;
            return mine;
        }
    }

    private boolean takePlace() {
        for (int i = 0; i < PLACES; i++) {
            int place = place(i);
            long word = region.getLongAcquire(place);
            if (word == 0 && region.compareAndSetLong(place, 0, participants.self())) {
                CrashPoint.SENDER_ENTERED.reach();
                return true;
            }
        }
        for (int i = 0; i < PLACES; i++) {
            int place = place(i);
            long word = region.getLongAcquire(place);
            long next = (word >>> BEFORE) + 1 << BEFORE | participants.self();
            if (isOver(word, true) && region.compareAndSetLong(place, word, next)) {
                CrashPoint.SENDER_REPLACED.reach();
                return true;
            }
        }
        return false;
    }

    /** Marks this process ended; one that never put is entered as one that ended. */
    public void end() {
        int place = place();
        if (place == NONE) {
            return;
        }
        // Remembered here as well, for other objects of the same queue: the place may be given away.
        participants.noteEnded(region.id());
        long word = region.getLongAcquire(place);
        // Not if it has ended before, and its place is another one's now. Volatile, so that whoever ends may look for
        // sleepers afterwards.
        if ((word & NUMBER) == participants.self() && region.compareAndSetLong(place, word, word | ENDED)) {
            CrashPoint.SENDER_ENDED.reach();
        }
    }

    /**
     * Whether nobody will put any more: as many senders as are expected have been here, and each has ended or died.
     *
     * @param probe whether to ask the kernel about those that have not ended
     */
    public boolean areOver(boolean probe) {
        long seen = 0;
        for (int i = 0; i < PLACES; i++) {
            long word = region.getLongAcquire(place(i));
            if (word == 0) {
                break;
            }
            if (!isOver(word, probe)) {
                return false;
            }
            seen += 1 + (word >>> BEFORE);
        }
        return seen >= expected;
    }

    private boolean isOver(long word, boolean probe) {
        return (word & ENDED) != 0 || probe && !participants.isAlive((int) (word & NUMBER));
    }

    /** One that puts, or has put. */
    public record Sender(int participant, boolean ended) {}

    /** Those that have put, without those whose places were given away. */
    public List<Sender> all() {
        List<Sender> all = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            long word = region.getLongAcquire(place(i));
            if (word == 0) {
                break;
            }
            all.add(new Sender((int) (word & NUMBER), (word & ENDED) != 0));
        }
        return all;
    }

    private int find(int participant) {
        for (int i = 0; i < PLACES; i++) {
            long word = region.getLongAcquire(place(i));
            if (word == 0) {
                break;
            }
            if ((word & NUMBER) == participant) {
                return place(i);
            }
        }
        return -1;
    }

    private int place(int i) {
        return base + i * Long.BYTES;
    }
}
