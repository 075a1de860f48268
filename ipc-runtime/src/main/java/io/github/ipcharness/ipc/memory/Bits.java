package io.github.ipcharness.ipc.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Short byte arrays as the bits of one long, as they lie in memory. */
public final class Bits {

    private Bits() {}

    public static long of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        return buffer.put(bytes).getLong(0);
    }

    public static byte[] toBytes(long bits, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(bits)
                .flip()
                .get(bytes);
        return bytes;
    }
}
