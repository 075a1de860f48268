package io.github.ipcharness.ipc;

import java.nio.ByteBuffer;

/** Bytes that say their number, and of which no byte can change or be another message's unnoticed. */
final class Payload {

    private Payload() {}

    /** @param length at least 8 */
    public static byte[] of(long number, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).putLong(number);
        while (bytes.hasRemaining()) {
            bytes.put(filling(number, bytes.position(), length));
        }
        return bytes.array();
    }

    /** The number; or an error if it is not whole. */
    public static long number(byte[] bytes) {
        long number = ByteBuffer.wrap(bytes).getLong();
        for (int i = Long.BYTES; i < bytes.length; i++) {
            if (bytes[i] != filling(number, i, bytes.length)) {
                throw new AssertionError("torn: byte " + i + " of " + bytes.length + " is not of number " + number);
            }
        }
        return number;
    }

    private static byte filling(long number, int position, int length) {
        long mixed = (number * 0x9E37_79B9_7F4A_7C15L + position) * 0xBF58_476D_1CE4_E5B9L + length;
        return (byte) (mixed >>> 56);
    }
}
