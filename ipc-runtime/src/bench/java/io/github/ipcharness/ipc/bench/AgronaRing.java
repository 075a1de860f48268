package io.github.ipcharness.ipc.bench;

import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** Agrona's rings in a mapped file; they have no waiting of their own, so a full or empty one is tried again. */
final class AgronaRing implements Peer {

    private static final int DATA_BYTES = 1 << 22;

    private final boolean manyToOne;

    AgronaRing(boolean manyToOne) {
        this.manyToOne = manyToOne;
    }

    private RingBuffer open(Path directory) throws Exception {
        Path file = directory.resolve("agrona");
        int bytes = DATA_BYTES + RingBufferDescriptor.TRAILER_LENGTH;
        synchronized (AgronaRing.class) {
            if (!Files.exists(file)) {
                Path beside = Files.createTempFile(directory, "agrona", ".new");
                Files.write(beside, new byte[bytes]);
                try {
                    Files.createLink(file, beside);
                } catch (java.nio.file.FileAlreadyExistsException e) {
                    // The other process was faster.
                    Files.delete(beside);
                }
            }
        }
        MappedByteBuffer mapped = IoUtil.mapExistingFile(new File(file.toString()), "agrona");
        UnsafeBuffer buffer = new UnsafeBuffer(mapped);
        return manyToOne ? new ManyToOneRingBuffer(buffer) : new OneToOneRingBuffer(buffer);
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        RingBuffer ring = open(directory);
        UnsafeBuffer message = new UnsafeBuffer(new byte[size]);
        while (true) {
            if (!ring.write(1, message, 0, size)) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        RingBuffer ring = open(directory);
        byte[] into = new byte[size];
        while (true) {
            int read = ring.read((type, buffer, index, length) -> {
                // Copied out, as ours does, though into the same array each time.
                buffer.getBytes(index, into, 0, length);
                meter.message();
            });
            if (read == 0) {
                Thread.onSpinWait();
            }
        }
    }
}
