package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.memory.BareFutex;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Two words in shared memory, upon each of which one process sleeps in the kernel until the other one has changed it. */
final class FutexLine implements Line {

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int SIZE = 4096;
    private static final int MINE = 1024;
    private static final int THEIRS = 2048;

    private final ByteBuffer buffer;
    private final long address;
    private final int mine;
    private final int theirs;
    private int sent;
    private int received;

    FutexLine(Path directory, boolean first) throws Exception {
        if (!BareFutex.isAvailable()) {
            throw new IllegalStateException("there is no futex in this JVM");
        }
        buffer = Mapped.file(directory.resolve("futex"), SIZE);
        address = BareFutex.addressOf(buffer);
        mine = first ? MINE : THEIRS;
        theirs = first ? THEIRS : MINE;
    }

    @Override
    public void send() {
        INTS.setVolatile(buffer, mine, ++sent);
        BareFutex.wakeOne(address + mine);
    }

    @Override
    public void receive() {
        received++;
        while ((int) INTS.getAcquire(buffer, theirs) < received) {
            BareFutex.await(address + theirs, received - 1);
        }
    }

    @Override
    public void close() {}
}
