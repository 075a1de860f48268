package io.github.ipcharness.ipc.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** A copy in, a copy out and two counts, with nothing beside: what two processors can hand to each other at all. */
final class BareHandOver implements Peer {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int PUT = 0;
    private static final int TAKEN = 256;
    private static final int DATA = 4096;

    private static ByteBuffer map(Path directory, int size) throws Exception {
        return Mapped.file(directory.resolve("bare"), DATA + OurQueue.ringBytes(size));
    }

    private static int places(int size) {
        return OurQueue.ringBytes(size) / size;
    }

    private static int place(long count, int size) {
        return DATA + (int) (count % places(size)) * size;
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        ByteBuffer shared = map(directory, size);
        byte[] message = new byte[size];
        for (long put = 0; ; put++) {
            while (put - (long) LONGS.getAcquire(shared, TAKEN) >= places(size)) {
                Thread.onSpinWait();
            }
            shared.put(place(put, size), message);
            LONGS.setRelease(shared, PUT, put + 1);
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        ByteBuffer shared = map(directory, size);
        byte[] into = new byte[size];
        for (long taken = 0; ; taken++) {
            while ((long) LONGS.getAcquire(shared, PUT) == taken) {
                Thread.onSpinWait();
            }
            shared.get(place(taken, size), into);
            LONGS.setRelease(shared, TAKEN, taken + 1);
            meter.message();
        }
    }
}
