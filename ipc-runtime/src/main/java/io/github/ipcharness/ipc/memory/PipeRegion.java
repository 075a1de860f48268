package io.github.ipcharness.ipc.memory;

/**
 * The region of a pipe: who holds its ends, and a ring for each direction.
 *
 * <pre>
 *   parameter 3   codec, or 0
 *   body          {@link PipeEnds} | {@link MessageRing} from A to B | {@link MessageRing} from B to A
 * </pre>
 */
public final class PipeRegion {

    /** Bytes that may wait in one direction. */
    public static final int RING_BYTES = 1 << 16;

    private static final int FROM_A = (MappedRegion.HEADER_BYTES + PipeEnds.BYTES + 127) & -128;
    private static final int FROM_B = FROM_A + (int) MessageRing.bodyBytes(RING_BYTES);

    public static final long BODY_BYTES = FROM_B + MessageRing.bodyBytes(RING_BYTES) - MappedRegion.HEADER_BYTES;

    /** A pipe is bounded by bytes: as many messages as the smallest ones there are could fill it with. */
    private static final int CAPACITY = RING_BYTES / Long.BYTES;

    private final SpillFiles spill;
    private final PipeEnds ends;
    private final MessageRing fromA;
    private final MessageRing fromB;

    public PipeRegion(MappedRegion region, Participants participants) {
        region.requireBody(BODY_BYTES);
        this.spill = new SpillFiles(region, participants);
        this.ends = new PipeEnds(region, MappedRegion.HEADER_BYTES, participants, spill::deleteAll);
        this.fromA = new MessageRing(region, FROM_A, RING_BYTES, CAPACITY, participants, spill);
        this.fromB = new MessageRing(region, FROM_B, RING_BYTES, CAPACITY, participants, spill);
    }

    public SpillFiles spill() {
        return spill;
    }

    public PipeEnds ends() {
        return ends;
    }

    /** What end A (0) or B (1) sends. */
    public MessageRing from(int end) {
        return end == 0 ? fromA : fromB;
    }
}
