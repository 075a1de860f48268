package io.github.ipcharness.ipc.memory;

/** A message on its way into a {@link MessageRing}: up to eight bytes as bits, longer ones as an array. */
public final class Outgoing {

    private final byte[] bytes;
    private final long bits;
    private final int length;
    private final long identity;
    private final long spillNumber;
    private final int spillChecksum;

    private Outgoing(byte[] bytes, long bits, int length, long identity, long spillNumber, int spillChecksum) {
        this.bytes = bytes;
        this.bits = bits;
        this.length = length;
        this.identity = identity;
        this.spillNumber = spillNumber;
        this.spillChecksum = spillChecksum;
    }

    /** @param width 0 to 8; the message is the low {@code width} bytes, the lowest first */
    public static Outgoing ofBits(long bits, int width, long identity) {
        return new Outgoing(null, bits, width, identity, SpillFiles.NONE, 0);
    }

    public static Outgoing ofBytes(byte[] bytes, long identity) {
        if (bytes.length <= Long.BYTES) {
            return ofBits(Bits.of(bytes), bytes.length, identity);
        }
        return new Outgoing(bytes, 0, bytes.length, identity, SpillFiles.NONE, 0);
    }

    /** The same message, which lies in the spill file of this number. */
    public Outgoing spilled(long number, int checksum) {
        return new Outgoing(null, 0, length, identity, number, checksum);
    }

    boolean isSmall() {
        return bytes == null;
    }

    boolean isSpilled() {
        return spillNumber != SpillFiles.NONE;
    }

    boolean isIdentified() {
        return identity != Incoming.UNIDENTIFIED;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The payload as an array: a copy where it is short, the sender's own array where it is long. */
    public byte[] toBytes() {
        return bytes != null ? bytes : Bits.toBytes(bits, length);
    }

    /** A checksum of the payload that is never zero. */
    public int checksum() {
        if (isSpilled()) {
            return spillChecksum;
        }
        return bytes != null ? Bits.checksum(bytes) : Bits.checksum(bits, length);
    }

    long bits() {
        return bits;
    }

    public int length() {
        return length;
    }

    public long identity() {
        return identity;
    }

    public long spillNumber() {
        return spillNumber;
    }
}
