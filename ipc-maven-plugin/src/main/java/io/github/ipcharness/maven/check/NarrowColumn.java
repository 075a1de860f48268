package io.github.ipcharness.maven.check;

import java.util.Arrays;

/**
 * A column of numbers, in the narrowest array that holds all of them: of bytes, else ints, else longs. What is known of
 * an operation besides its stamps and its value is small in most histories, and there are millions of operations.
 */
final class NarrowColumn {

    private byte[] bytes;
    private int[] ints;
    private long[] longs;
    /** From here on nothing has been set. */
    private int used;

    NarrowColumn(int room) {
        bytes = new byte[room];
    }

    long get(int i) {
        if (ints != null) {
            return ints[i];
        }
        return bytes != null ? bytes[i] : longs[i];
    }

    void set(int i, long value) {
        used = Math.max(used, i + 1);
        if (bytes != null) {
            if (value == (byte) value) {
                bytes[i] = (byte) value;
                return;
            }
            widenToInts();
        }
        if (ints != null) {
            if (value == (int) value) {
                ints[i] = (int) value;
                return;
            }
            widenToLongs();
        }
        longs[i] = value;
    }

    private void widenToInts() {
        ints = new int[bytes.length];
        for (int i = 0; i < used; i++) {
            ints[i] = bytes[i];
        }
        bytes = null;
    }

    private void widenToLongs() {
        longs = new long[ints.length];
        for (int i = 0; i < used; i++) {
            longs[i] = ints[i];
        }
        ints = null;
    }

    void resize(int room) {
        bytes = bytes == null ? null : Arrays.copyOf(bytes, room);
        ints = ints == null ? null : Arrays.copyOf(ints, room);
        longs = longs == null ? null : Arrays.copyOf(longs, room);
    }
}
