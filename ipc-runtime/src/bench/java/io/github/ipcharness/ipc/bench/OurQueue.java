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

    private final boolean batches;

    OurQueue(boolean batches) {
        this.batches = batches;
    }

    private static IpcQueue<byte[]> open(Ipc ipc, int size) {
        int bytes = Math.max(1 << 22, Math.min(1 << 28, size * 8));
        return ipc.queue("bench", Codec.BYTES, QueueOptions.capacity(1 << 16).withBytes(bytes));
    }

    @Override
    public void produce(Path directory, long messages, int size) throws Exception {
        byte[] message = new byte[size];
        try (Ipc ipc = Ipc.open(directory)) {
            IpcQueue<byte[]> queue = open(ipc, size);
            if (!batches) {
                for (long i = 0; i < messages; i++) {
                    queue.put(message);
                }
                return;
            }
            List<byte[]> batch = Collections.nCopies(BATCH, message);
            for (long i = 0; i < messages; i += BATCH) {
                queue.putAll(messages - i < BATCH ? batch.subList(0, (int) (messages - i)) : batch);
            }
        }
    }

    @Override
    public void consume(Path directory, long messages, int size, Meter meter) throws Exception {
        try (Ipc ipc = Ipc.open(directory)) {
            IpcQueue<byte[]> queue = open(ipc, size);
            List<byte[]> batch = new ArrayList<>(1024);
            for (long i = 0; i < messages; ) {
                batch.clear();
                if (!batches || queue.drainTo(batch, 1024) == 0) {
                    batch.add(queue.take());
                }
                for (int j = 0; j < batch.size(); j++) {
                    meter.message();
                }
                i += batch.size();
            }
        }
    }
}
