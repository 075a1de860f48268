package io.github.ipcharness.ipc.memory;

import java.nio.ByteBuffer;

/** The system call and nothing beside it, for the bench. */
public final class BareFutex {

    private BareFutex() {}

    public static boolean isAvailable() {
        return Futex.isAvailable();
    }

    public static long addressOf(ByteBuffer buffer) {
        return Futex.addressOf(buffer);
    }

    public static void await(long address, int expected) {
        Futex.await(address, expected, Long.MAX_VALUE);
    }

    public static void wakeOne(long address) {
        Futex.wakeOne(address);
    }
}
