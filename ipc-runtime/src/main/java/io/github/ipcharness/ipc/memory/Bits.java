package io.github.ipcharness.ipc.memory;

import java.util.zip.CRC32C;

/** Short byte arrays as the bits of one long, the first byte lowest, whatever the machine's byte order. */
public final class Bits {

    private Bits() {}

    public static long of(byte[] bytes) {
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            bits |= (bytes[i] & 0xFFL) << i * Byte.SIZE;
        }
        return bits;
    }

    public static byte[] toBytes(long bits, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (bits >>> i * Byte.SIZE);
        }
        return bytes;
    }

    /**
     * A checksum in two parts, so that who finds a torn message can say what its halves are: the lower 16 bits are of the
     * first half of the bytes, the upper 16 of the second, each a CRC-32C folded. Never zero, which means that there is
     * none. Two different halves are taken for equal once in 65,536 times.
     */
    public static int checksum(byte[] bytes) {
        int half = bytes.length / 2;
        int sum = folded(bytes, 0, half) | folded(bytes, half, bytes.length - half) << 16;
        return sum == 0 ? 1 : sum;
    }

    private static int folded(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        int sum = (int) crc.getValue();
        return (sum ^ sum >>> 16) & 0xFFFF;
    }

    /** A checksum of at most eight bytes: Stafford's 64-bit mixer (variant 13), cheaper here than a CRC object. */
    static int checksum(long bits, int length) {
        long kept = length == Long.BYTES ? bits : bits & (1L << length * Byte.SIZE) - 1;
        long z = kept + 0x9E37_79B9_7F4A_7C15L + length;
        z = (z ^ z >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ z >>> 27) * 0x94D0_49BB_1331_11EBL;
        int sum = (int) (z ^ z >>> 31);
        return sum == 0 ? 1 : sum;
    }
}
