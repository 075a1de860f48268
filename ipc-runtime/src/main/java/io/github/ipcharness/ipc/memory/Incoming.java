package io.github.ipcharness.ipc.memory;

/** A message copied out of a {@link MessageRing}: up to eight bytes as bits, longer ones as an array. */
public final class Incoming {

    /** The identity of a message that was put by a process which does not record. */
    public static final long UNIDENTIFIED = 0;

    private long identity;
    private byte[] bytes;
    private long bits;
    private int length;
    private long spillNumber;
    private boolean again;

    public static Incoming ofBytes(byte[] bytes) {
        Incoming message = new Incoming();
        if (bytes.length <= Long.BYTES) {
            message.set(UNIDENTIFIED, Bits.of(bytes), bytes.length);
        } else {
            message.set(UNIDENTIFIED, bytes, SpillFiles.NONE);
        }
        return message;
    }

    void set(long identity, byte[] bytes, long spillNumber) {
        this.identity = identity;
        this.bytes = bytes;
        this.bits = 0;
        this.length = bytes.length;
        this.spillNumber = spillNumber;
    }

    void set(long identity, long bits, int length) {
        this.identity = identity;
        this.bytes = null;
        this.bits = bits;
        this.length = length;
        this.spillNumber = SpillFiles.NONE;
    }

    public long identity() {
        return identity;
    }

    public long bits() {
        return bits;
    }

    public int length() {
        return length;
    }

    public byte[] bytes() {
        return bytes != null ? bytes : Bits.toBytes(bits, length);
    }

    /** A checksum of the payload that is never zero. */
    public int checksum() {
        return bytes != null ? Bits.checksum(bytes) : Bits.checksum(bits, length);
    }

    /** Says that somebody else got it before, and did not say that it was done. */
    void setAgain() {
        again = true;
    }

    public boolean isAgain() {
        return again;
    }

    /** The file to delete once the message was taken, or {@link SpillFiles#NONE}. */
    public long spillNumber() {
        return spillNumber;
    }
}
