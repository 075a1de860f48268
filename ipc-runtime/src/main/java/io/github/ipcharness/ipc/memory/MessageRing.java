package io.github.ipcharness.ipc.memory;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bounded first-in-first-out ring of messages, for many producers and many consumers in any number of processes.
 *
 * <pre>
 *   base +   0  producers' lock   | head as producers last saw it | most messages that waited when they looked
 *               | who put last
 *   base + 128  tail: commit word | the newest message once more (see {@link NewestMessage})
 *   base + 256  consumers' lock   | tail as consumers last saw it | most messages that waited when they looked
 *   base + 384  head: commit word
 *   base + 512  where consumers sleep while it is empty (see {@link WaitPoint})
 *   base + 640  where producers sleep while it is full
 *   base + 768  records
 *
 *   commit word   63        36 35                0
 *                 +-----------+------------------+     both halves only ever grow, and wrap; only
 *                 | messages  | units of 8 bytes |     differences are used
 *                 +-----------+------------------+
 *
 *   record        +----------------+---------------+------------------+---------------------+
 *                 | length (32 b)  | flags (32 b)  | identity, 8 bytes| payload, padded to 8|
 *                 +----------------+---------------+------------------+---------------------+
 *                                                   (if identified)     (may wrap round the end)
 * </pre>
 *
 * <p>Invariants: producers write under the producers' lock and consumers read under the consumers' lock, so each side
 * is single-threaded, and the two sides meet in two words. A record is written first; the release store of {@code
 * tail} then makes it happen, count and bytes in one word. A consumer copies the record out first; the release store
 * of {@code head} then makes the taking happen. A process killed at any instruction leaves "did not happen" or
 * "happened", so there is nothing to repair when a lock is taken over from a dead owner. What only one side uses lies on
 * cache lines that the other side never touches.
 *
 * <p>A message that is larger than the ring lies in a file beside it until it is taken (see {@link SpillFiles}); its
 * record holds only the file's number. It counts as one message.
 */
public final class MessageRing implements MessageSource {

    /** Bytes before the first record. */
    public static final int OVERHEAD_BYTES = 768;

    public static final int MIN_BYTES = 1024;
    /** 256 GiB: half of what the units of a commit word can tell apart. */
    public static final long MAX_BYTES = 1L << 38;

    public static final int MAX_MESSAGES = 1 << 27;

    private static final int UNIT_BITS = 36;
    private static final long UNIT_MASK = (1L << UNIT_BITS) - 1;
    private static final long COUNT_MASK = (1L << (Long.SIZE - UNIT_BITS)) - 1;
    private static final int UNIT_BYTES = Long.BYTES;

    private static final int PRODUCERS_LOCK = 0;
    private static final int HEAD_SEEN = 8;
    private static final int MOST_FOUND = 16;
    private static final int LAST_TO_PUT = 24;
    private static final int TAIL = 128;
    private static final int CONSUMERS_LOCK = 256;
    private static final int TAIL_SEEN = 264;
    private static final int MOST_MET = 272;
    private static final int HEAD = 384;
    private static final int NOT_EMPTY = 512;
    private static final int NOT_FULL = 640;

    private static final long IDENTIFIED = 1L << 32;
    private static final long SPILLED = 1L << 33;
    private static final long LENGTH_MASK = 0xFFFF_FFFFL;

    /** How many messages more than ever producers must suspect before they look, which takes the head's line away. */
    private static final int SUSPECTED = 8;

    /** How an attempt to put ended. */
    public enum Put {
        DONE,
        /** As many messages as the ring may hold. */
        FULL,
        /** Fewer messages than the ring may hold, but too few bytes left for this one. */
        NO_SPACE,
        /** Another producer held the ring until the deadline. */
        BUSY
    }

    private static final AtomicInteger RINGS = new AtomicInteger();

    private final MappedRegion region;
    private final int tail;
    private final int head;
    private final int headSeen;
    private final int mostFound;
    private final int lastToPut;
    /** Another one for each ring that somebody who is alive has. */
    private final long self;

    private final int mostMet;
    private final int tailSeen;
    private final long data;
    private final long dataBytes;
    private final long dataMask;
    private final int capacity;
    private final NewestMessage copy;
    private final RobustLock producers;
    private final RobustLock consumers;
    private final SpillFiles spill;
    private final WaitPoint notEmpty;
    private final WaitPoint notFull;

    // Guarded by the producers' lock.
    /** Where the open batch of puts stands. */
    private long putCursor;
    /** The tail, as this ring left it; right as long as {@link #knowsTail}, and no other has put since. */
    private long tailLeft;

    private boolean knowsTail;

    // Guarded by the consumers' lock.
    /** Where the open batch of takes stands. */
    private long takeCursor;

    private final Patience patience = new Patience();

    /**
     * @param dataBytes a power of two from {@link #MIN_BYTES} to {@link #MAX_BYTES}
     * @param capacity messages, 1 to {@link #MAX_MESSAGES}
     */
    public MessageRing(
            MappedRegion region, int base, long dataBytes, int capacity, Participants participants, SpillFiles spill) {
        this.region = region;
        this.tail = base + TAIL;
        this.head = base + HEAD;
        this.headSeen = base + HEAD_SEEN;
        this.mostFound = base + MOST_FOUND;
        this.lastToPut = base + LAST_TO_PUT;
        this.self = (long) participants.self() << Integer.SIZE | Integer.toUnsignedLong(RINGS.incrementAndGet());
        this.mostMet = base + MOST_MET;
        this.tailSeen = base + TAIL_SEEN;
        this.data = base + OVERHEAD_BYTES;
        this.dataBytes = dataBytes;
        this.dataMask = dataBytes - 1;
        this.capacity = capacity;
        this.copy = new NewestMessage(region, tail);
        this.producers = new RobustLock(region, base + PRODUCERS_LOCK, participants);
        this.consumers = new RobustLock(region, base + CONSUMERS_LOCK, participants);
        participants.guard(producers);
        participants.guard(consumers);
        this.spill = spill;
        this.notEmpty = new WaitPoint(region, base + NOT_EMPTY, participants);
        this.notFull = new WaitPoint(region, base + NOT_FULL, participants);
    }

    public static long bodyBytes(long dataBytes) {
        return OVERHEAD_BYTES + dataBytes;
    }

    // ---- producers ----

    /** Begins a batch of puts; false if another producer held the ring until the deadline. */
    public boolean beginPut(long deadline) {
        return begunPut(producers.lock(deadline));
    }

    /** As {@link #beginPut}, for calls that an interrupt may end. */
    public boolean beginPutInterruptibly(long deadline) throws InterruptedException {
        return begunPut(producers.lockInterruptibly(deadline));
    }

    private boolean begunPut(RobustLock.Result lock) {
        if (lock == RobustLock.Result.TIMED_OUT) {
            return false;
        }
        if (!knowsTail || region.getLong(lastToPut) != self) {
            region.putLong(lastToPut, self);
            tailLeft = region.getLongAcquire(tail);
        }
        // Until it is known again: what is thrown in the middle must not leave a tail that is none.
        knowsTail = false;
        putCursor = tailLeft;
        return true;
    }

    /** Writes a message behind the last one of the batch; nobody sees it before {@link #commitPut}. */
    public Put write(Outgoing message) {
        long header = header(message);
        long bytes = recordBytes(header);
        Put room = room(bytes);
        if (room != Put.DONE) {
            return room;
        }
        long position = position(putCursor);
        region.putLong(data + position, header);
        CrashPoint.PUT_HEADER_WRITTEN.reach();
        position = (position + Long.BYTES) & dataMask;
        if (message.isIdentified()) {
            region.putLong(data + position, message.identity());
            position = (position + Long.BYTES) & dataMask;
        }
        if (message.isSpilled()) {
            region.putLong(data + position, message.spillNumber());
        } else if (message.isSmall()) {
            region.putLong(data + position, message.bits());
        } else {
            writePayload(position, message.bytes());
        }
        long end = advanced(putCursor, bytes);
        if (putCursor == tailLeft) {
            // The first of the batch; if others follow, nobody will see a tail that ends with this one.
            copy.write(end, header, message);
        }
        putCursor = end;
        CrashPoint.PUT_WRITTEN.reach();
        return Put.DONE;
    }

    private Put room(long bytes) {
        long seen = region.getLong(headSeen);
        if (fits(seen, bytes)) {
            return Put.DONE;
        }
        seen = lookAtHead();
        CrashPoint.PUT_HEAD_SEEN.reach();
        if (fits(seen, bytes)) {
            return Put.DONE;
        }
        return messages(putCursor, seen) >= capacity ? Put.FULL : Put.NO_SPACE;
    }

    /** Sees where the consumers are. */
    private long lookAtHead() {
        long seen = region.getLongAcquire(head);
        region.putLong(headSeen, seen);
        return seen;
    }

    private boolean fits(long seenHead, long bytes) {
        return messages(putCursor, seenHead) < capacity && bytes(putCursor, seenHead) + bytes <= dataBytes;
    }

    private void writePayload(long position, byte[] bytes) {
        int first = (int) Math.min(bytes.length, dataBytes - position);
        region.putBytes(data + position, bytes, 0, first);
        if (first < bytes.length) {
            CrashPoint.PUT_HALF_WRITTEN.reach();
            region.putBytes(data, bytes, first, bytes.length - first);
        }
    }

    /** Makes the batch happen: all of it, in one word. */
    public void commitPut() {
        region.putLongRelease(tail, putCursor);
        CrashPoint.PUT_COMMITTED.reach();
        tailLeft = putCursor;
        knowsTail = true;
        if (messages(putCursor, region.getLong(headSeen)) > region.getLong(mostFound) + SUSPECTED) {
            // What was seen of the head is old, and lets the ring look fuller than it is.
            noteMost(mostFound, messages(putCursor, lookAtHead()));
        }
    }

    private void noteMost(int most, long now) {
        if (now > region.getLong(most)) {
            region.putLong(most, now);
        }
    }

    /**
     * The most messages that ever waited at once, for people who look: while messages come and go at the same time, up
     * to {@value #SUSPECTED} more may have, and a kill may cost the last of them.
     */
    public long mostEver() {
        long ever = Math.max(region.getLongVolatile(mostFound), region.getLongVolatile(mostMet));
        return Math.max(ever, size());
    }

    /** Lets the next producer in, and wakes a consumer that sleeps because there was nothing. */
    public void endPut() {
        producers.unlock();
        CrashPoint.PUT_ENDING.reach();
        notEmpty.wakeOne();
        CrashPoint.PUT_ENDED.reach();
    }

    /** A producer that was woken, and left room, wakes the next one: a consumer that took many woke only one. */
    public void passOnRoom(boolean woken) {
        if (woken && size() < capacity) {
            notFull.wakeOne();
        }
    }

    /** A consumer that was woken, and left messages, wakes the next one: a producer that put many woke only one. */
    @Override
    public void passOnMessages(boolean woken) {
        if (woken && !isEmpty()) {
            notEmpty.wakeOne();
        }
    }

    /** Where a producer waits for room. */
    @Override
    public WaitPoint notFull() {
        return notFull;
    }

    /** Where a consumer waits for a message. */
    @Override
    public WaitPoint notEmpty() {
        return notEmpty;
    }

    /** Whether a message of this length goes through a file beside the ring. */
    public boolean isTooLarge(int length) {
        return length > dataBytes - 2 * Long.BYTES;
    }

    /** Whether the message would find room now, as far as can be told without the lock: look before it is taken. */
    public boolean hasRoomFor(Outgoing message) {
        // The head first: read later, it could have passed a tail that is old.
        long h = region.getLongVolatile(head);
        long t = region.getLongVolatile(tail);
        return messages(t, h) < capacity && bytes(t, h) + recordBytes(header(message)) <= dataBytes;
    }

    private static long header(Outgoing message) {
        return message.length() | (message.isIdentified() ? IDENTIFIED : 0) | (message.isSpilled() ? SPILLED : 0);
    }

    /** The length of a record's message; negative if the header is damaged. */
    static int length(long header) {
        return (int) (header & LENGTH_MASK);
    }

    /** Bytes of a whole record: a long, for a damaged length must not wrap round to a believable one. */
    static long recordBytes(long header) {
        long body = (header & SPILLED) != 0 ? Long.BYTES : length(header);
        return Long.BYTES + ((header & IDENTIFIED) != 0 ? Long.BYTES : 0) + padded(body);
    }

    @Override
    public SpillFiles spill() {
        return spill;
    }

    // ---- consumers ----

    /** Begins a batch of takes; false if another consumer held the ring until the deadline. */
    @Override
    public boolean beginTake(long deadline) {
        return begunTake(consumers.lock(deadline));
    }

    /** As {@link #beginTake}, for calls that an interrupt may end. */
    @Override
    public boolean beginTakeInterruptibly(long deadline) throws InterruptedException {
        return begunTake(consumers.lockInterruptibly(deadline));
    }

    private boolean begunTake(RobustLock.Result lock) {
        if (lock == RobustLock.Result.TIMED_OUT) {
            return false;
        }
        takeCursor = region.getLong(head);
        return true;
    }

    /** Copies the next message of the batch; it stays in the ring until {@link #commitTake}. False if there is none. */
    @Override
    public boolean read(Incoming into) {
        long seen = region.getLong(tailSeen);
        // Consumers never pass what was seen, so it is never older than the head.
        if (seen == takeCursor) {
            seen = lookAtTail();
            if (seen == takeCursor) {
                return false;
            }
            if (messages(seen, takeCursor) == 1 && copy.read(seen, bytes(seen, takeCursor), into)) {
                takeCursor = seen;
                CrashPoint.TAKE_READ.reach();
                return true;
            }
        }
        readRecord(into, bytes(seen, takeCursor));
        CrashPoint.TAKE_READ.reach();
        return true;
    }

    /** Sees where the producers are. */
    private long lookAtTail() {
        patience.spend();
        long seen = region.getLongAcquire(tail);
        region.putLong(tailSeen, seen);
        CrashPoint.TAKE_TAIL_SEEN.reach();
        long now = messages(seen, takeCursor);
        patience.found(now);
        noteMost(mostMet, now);
        return seen;
    }

    private void readRecord(Incoming into, long bytesInUse) {
        long position = position(takeCursor);
        long header = region.getLong(data + position);
        int length = length(header);
        long bytes = recordBytes(header);
        if (length < 0 || bytes > bytesInUse) {
            throw new RegionException("damaged: a message of " + (header & LENGTH_MASK) + " bytes where only "
                    + bytesInUse + " are in use: " + region.file());
        }
        position = (position + Long.BYTES) & dataMask;
        long identity = Incoming.UNIDENTIFIED;
        if ((header & IDENTIFIED) != 0) {
            identity = region.getLong(data + position);
            position = (position + Long.BYTES) & dataMask;
        }
        if ((header & SPILLED) != 0) {
            long number = region.getLong(data + position);
            into.set(identity, spill.read(number, length), number);
        } else if (length <= Long.BYTES) {
            into.set(identity, region.getLong(data + position), length);
        } else {
            into.set(identity, readPayload(position, length), SpillFiles.NONE);
        }
        takeCursor = advanced(takeCursor, bytes);
    }

    private byte[] readPayload(long position, int length) {
        byte[] bytes = new byte[length];
        int first = (int) Math.min(length, dataBytes - position);
        region.getBytes(data + position, bytes, 0, first);
        if (first < length) {
            region.getBytes(data, bytes, first, length - first);
        }
        return bytes;
    }

    /** Makes the takes of the batch happen: all of them, in one word. */
    @Override
    public void commitTake() {
        region.putLongRelease(head, takeCursor);
        CrashPoint.TAKE_COMMITTED.reach();
    }

    /** Lets the next consumer in, and wakes a producer that sleeps because there was no room. */
    @Override
    public void endTake() {
        consumers.unlock();
        CrashPoint.TAKE_ENDING.reach();
        notFull.wakeOne();
        CrashPoint.TAKE_ENDED.reach();
    }

    // ---- both ----

    /** Messages in the ring at some instant during the call. */
    @Override
    public int size() {
        while (true) {
            long h = region.getLongVolatile(head);
            long t = region.getLongVolatile(tail);
            if (region.getLongVolatile(head) == h) {
                // Never more but where a word is damaged, which the next one who reads a message will tell.
                return (int) Math.min(capacity, messages(t, h));
            }
        }
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public int used() {
        return size();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    // ---- for who keeps account of the messages: positions are commit words ----

    /** The position after the last message. */
    long tail() {
        return region.getLongVolatile(tail);
    }

    /** The position of the first message that takes up room. */
    long head() {
        return region.getLongVolatile(head);
    }

    /** Lets the open batch of takes go on at this position, from the head to the tail; {@link #commitTake} frees what is before it. */
    void seek(long position) {
        takeCursor = position;
    }

    /** Where the open batch of takes stands. */
    long cursor() {
        return takeCursor;
    }

    /** How many puts have happened after the first so many; right up to 268,435,455. */
    long putsSince(long count) {
        return ((tail() >>> UNIT_BITS) - count) & COUNT_MASK;
    }

    private long position(long cursor) {
        return (cursor & UNIT_MASK) * UNIT_BYTES & dataMask;
    }

    static long messages(long later, long earlier) {
        return ((later >>> UNIT_BITS) - (earlier >>> UNIT_BITS)) & COUNT_MASK;
    }

    private static long bytes(long later, long earlier) {
        return ((later - earlier) & UNIT_MASK) * UNIT_BYTES;
    }

    private static long advanced(long cursor, long bytes) {
        long units = (cursor + bytes / UNIT_BYTES) & UNIT_MASK;
        return ((cursor >>> UNIT_BITS) + 1) << UNIT_BITS | units;
    }

    private static long padded(long length) {
        return Math.max(UNIT_BYTES, (length + UNIT_BYTES - 1) & -UNIT_BYTES);
    }

    /** The smallest ring of at least this many bytes. */
    public static long ringBytes(long bytes) {
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw new IllegalArgumentException("bytes must be from " + MIN_BYTES + " to " + MAX_BYTES + ": " + bytes);
        }
        long highest = Long.highestOneBit(bytes);
        return highest == bytes ? highest : highest << 1;
    }
}
