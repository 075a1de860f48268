package io.github.ipcharness.ipc.memory;

/** A message on its way into a {@link MessageRing}: up to eight bytes as bits, longer ones as an array. */
public final class Outgoing {

    private final byte[] bytes;
    private final long bits;
    private final int length;
    private final long identity;
    private final long spillNumber;

    private Outgoing(byte[] bytes, long bits, int length, long identity, long spillNumber) {
        this.bytes = bytes;
        this.bits = bits;
        this.length = length;
        this.identity = identity;
        this.spillNumber = spillNumber;
    }

    /** @param width 0 to 8; the message is the low {@code width} bytes, in native order */
    public static Outgoing ofBits(long bits, int width, long identity) {
        return new Outgoing(null, bits, width, identity, SpillFiles.NONE);
    }

    public static Outgoing ofBytes(byte[] bytes, long identity) {
        if (bytes.length <= Long.BYTES) {
            return ofBits(Bits.of(bytes), bytes.length, identity);
        }
        return new Outgoing(bytes, 0, bytes.length, identity, SpillFiles.NONE);
    }

    /** The same message, which lies in the spill file of this number. */
    public Outgoing spilled(long number) {
        return new Outgoing(null, 0, length, identity, number);
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

    public byte[] bytes() {
        return bytes;
    }

    long bits() {
        return bits;
    }

    public int length() {
        return length;
    }

    long identity() {
        return identity;
    }

    public long spillNumber() {
        return spillNumber;
    }
}
