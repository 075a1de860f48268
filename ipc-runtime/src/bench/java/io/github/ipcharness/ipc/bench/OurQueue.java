package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.QueueOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code IpcQueue}, one message a call or in batches. */
final class OurQueue implements Peer {

    private static final int BATCH = 64;
    private static final int MOST_AT_ONCE = 1024;

    private final boolean batches;

    OurQueue(boolean batches) {
        this.batches = batches;
    }

    private static IpcQueue<byte[]> open(Ipc ipc, int size) {
        return ipc.queue("bench", Codec.BYTES, QueueOptions.capacity(1 << 16).withBytes(ringBytes(size)));
    }

    static int ringBytes(int size) {
        return Math.max(1 << 22, Math.min(1 << 28, size * 8));
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        byte[] message = new byte[size];
        List<byte[]> batch = Collections.nCopies(BATCH, message);
        try (Ipc ipc = Ipc.open(directory)) {
            IpcQueue<byte[]> queue = open(ipc, size);
            while (true) {
                if (batches) {
                    queue.putAll(batch);
                } else {
                    queue.put(message);
                }
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        try (Ipc ipc = Ipc.open(directory)) {
            IpcQueue<byte[]> queue = open(ipc, size);
            List<byte[]> batch = new ArrayList<>(MOST_AT_ONCE);
            while (true) {
                if (batches && queue.drainTo(batch, MOST_AT_ONCE) > 0) {
                    meter.messages(batch.size());
                    batch.clear();
                } else {
                    queue.take();
                    meter.message();
                }
            }
        }
    }
}
