package io.github.ipcharness.ipc.crash;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages that prove that they are whole and nobody else's: a value, and bytes that follow from it and from the length.
 *
 * <p>A value says who sent it ({@code sender}), in which of its generations, and as which message of that generation.
 */
final class Sealed {

    /** The most that a generation may count: two bits above it are for who wants to say more with a message. */
    static final long MAX_SEQUENCE = (1L << 30) - 1;

    private static final int SEQUENCE_BITS = 32;
    private static final int GENERATION_BITS = 14;
    private static final int GENERATION_MASK = (1 << GENERATION_BITS) - 1;

    private Sealed() {}

    static long value(int sender, int generation, long sequence) {
        return (long) sender << SEQUENCE_BITS + GENERATION_BITS
                | (long) (generation & GENERATION_MASK) << SEQUENCE_BITS
                | sequence;
    }

    static long sequence(long value) {
        return value & MAX_SEQUENCE;
    }

    /** Who sent it, and in which generation: what is left of a value without its sequence. */
    static long stream(long value) {
        return value & -1L << SEQUENCE_BITS;
    }

    static int sender(long value) {
        return (int) (value >>> SEQUENCE_BITS + GENERATION_BITS);
    }

    static String describe(long value) {
        return "message " + sequence(value) + " of generation " + (value >>> SEQUENCE_BITS & GENERATION_MASK) + " of "
                + sender(value);
    }

    /** @param length at least 8 */
    static byte[] seal(long value, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
        long filler = value * 31 + length;
        for (int i = Long.BYTES; i < length; i++) {
            filler = next(filler);
            bytes[i] = (byte) filler;
        }
        return bytes;
    }

    /** The value of a message that is whole. */
    static long open(byte[] bytes) {
        if (bytes.length < Long.BYTES) {
            throw new AssertionError("a message of " + bytes.length + " bytes, which nobody has sent");
        }
        long value = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long filler = value * 31 + bytes.length;
        for (int i = Long.BYTES; i < bytes.length; i++) {
            filler = next(filler);
            if (bytes[i] != (byte) filler) {
                throw new AssertionError("torn at byte " + i + " of " + bytes.length + ": " + describe(value));
            }
        }
        return value;
    }

    private static long next(long filler) {
        long x = filler ^ filler << 13;
        x ^= x >>> 7;
        return x ^ x << 17;
    }
}
