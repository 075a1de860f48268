package io.github.ipcharness.ipc.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Two words in shared memory, each on cache lines of its own, that two processes spin upon: nothing can be faster. */
final class CacheLine implements Line {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int SIZE = 4096;
    private static final int MINE = 1024;
    private static final int THEIRS = 2048;

    private final ByteBuffer buffer;
    private final int mine;
    private final int theirs;
    private long sent;
    private long received;

    CacheLine(Path directory, boolean first) throws Exception {
        buffer = Mapped.file(directory.resolve("line"), SIZE);
        mine = first ? MINE : THEIRS;
        theirs = first ? THEIRS : MINE;
    }

    @Override
    public void send() {
        LONGS.setRelease(buffer, mine, ++sent);
    }

    @Override
    public void receive() {
        received++;
        while ((long) LONGS.getAcquire(buffer, theirs) < received) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {}
}
