package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.conformance.QueueParty;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Our queue, for the suite. */
class OurQueue implements QueueParty {

    private final Ipc ipc;
    final IpcQueue<byte[]> queue;

    OurQueue(Path home, QueueOptions options) {
        ipc = Ipc.open(home);
        queue = ipc.queue("q", Codec.BYTES, options);
    }

    @Override
    public boolean put(byte[] message, Duration timeout) throws InterruptedException {
        return queue.offer(message, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public byte[] take(Duration timeout) throws Exception {
        try {
            return takeNext(timeout);
        } catch (EndOfStreamException e) {
            throw (EOFException) new EOFException(e.getMessage()).initCause(e);
        }
    }

    byte[] takeNext(Duration timeout) throws InterruptedException {
        return queue.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void endOfStream() {
        queue.endOfStream();
    }

    @Override
    public void close() {
        ipc.close();
    }
}
