package io.github.ipcharness.ipc.memory;

/**
 * The region of a queue: its options as parameters, then its parts, one after the other.
 *
 * <pre>
 *   parameter 0   capacity, messages
 *   parameter 1   bytes of the ring
 *   parameter 2   producers expected (32 bits) | acknowledged (1 bit at 32)
 *   parameter 3   codec, or 0
 *   body          {@link Senders} | {@link TaskCount} | {@link AcknowledgedRing}, if it is | {@link MessageRing}
 * </pre>
 *
 * <p>The ring comes last, because it alone may be larger than a window of the region.
 */
public final class QueueRegion {

    public static final int MAX_PRODUCERS = 1 << 16;

    private static final long ACKNOWLEDGED = 1L << 32;
    /** Whole pairs of cache lines, which the processor fetches together. */
    private static final int TASKS = (MappedRegion.HEADER_BYTES + Senders.BYTES + 127) & -128;

    private static final int ACCOUNT = TASKS + TaskCount.BYTES;

    private final MappedRegion region;
    private final Senders senders;
    private final SpillFiles spill;
    private final MessageRing ring;
    private final TaskCount tasks;
    private final AcknowledgedRing acknowledged;

    /** Refuses a region whose parameters cannot be, or do not fit its size. */
    public QueueRegion(MappedRegion region, Participants participants) {
        this.region = region;
        boolean kept = (region.parameter(2) & ACKNOWLEDGED) != 0;
        int most = kept ? AcknowledgedRing.MAX_MESSAGES : MessageRing.MAX_MESSAGES;
        int capacity = (int) region.requireParameter(0, "capacity", 1, most);
        long bytes = MessageRing.ringBytes(
                region.requireParameter(1, "bytes", MessageRing.MIN_BYTES, MessageRing.MAX_BYTES));
        long flags = kept ? ACKNOWLEDGED : 0;
        int producers = (int) region.requireParameter(2, "producers", 1 + flags, MAX_PRODUCERS + flags);
        region.requireBody(bodyBytes(capacity, bytes, kept));
        this.senders = new Senders(region, MappedRegion.HEADER_BYTES, producers, participants);
        this.spill = new SpillFiles(region, participants);
        this.ring = new MessageRing(region, ringBase(capacity, kept), bytes, capacity, participants, spill);
        this.tasks = new TaskCount(region, TASKS, ring, participants);
        this.acknowledged = kept ? new AcknowledgedRing(region, ACCOUNT, ring, tasks.allDone(), participants) : null;
    }

    /** The parameters of a region that is being created. */
    public static void setUp(
            MappedRegion region, int capacity, long ringBytes, int producers, boolean kept, int codec) {
        region.setParameter(0, capacity);
        region.setParameter(1, ringBytes);
        region.setParameter(2, producers | (kept ? ACKNOWLEDGED : 0));
        region.setParameter(3, codec);
    }

    /** @param kept whether it is acknowledged */
    public static long bodyBytes(int capacity, long ringBytes, boolean kept) {
        return ringBase(capacity, kept) - MappedRegion.HEADER_BYTES + MessageRing.bodyBytes(ringBytes);
    }

    private static int ringBase(int capacity, boolean kept) {
        return ACCOUNT + (kept ? AcknowledgedRing.bodyBytes(capacity) : 0);
    }

    public int capacity() {
        return ring.capacity();
    }

    /** Bytes of the ring. */
    public long bytes() {
        return region.parameter(1);
    }

    /** Producers that have to end before the stream can. */
    public int producers() {
        return (int) region.parameter(2);
    }

    public long codec() {
        return region.parameter(3);
    }

    public Senders senders() {
        return senders;
    }

    public SpillFiles spill() {
        return spill;
    }

    public MessageRing ring() {
        return ring;
    }

    public TaskCount tasks() {
        return tasks;
    }

    /** Null if the queue keeps no account of what was received. */
    public AcknowledgedRing acknowledged() {
        return acknowledged;
    }
}
