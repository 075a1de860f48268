package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/** Chronicle Queue: unbounded and kept, so a producer never waits; its files lie beside the others'. */
final class Chronicle implements Peer {

    @Override
    public void produce(Path directory, int size) throws Exception {
        try (ChronicleQueue queue =
                        ChronicleQueue.single(directory.resolve("chronicle").toString());
                ExcerptAppender appender = queue.createAppender()) {
            Bytes<?> message = Bytes.wrapForRead(new byte[size]);
            while (true) {
                message.readPositionRemaining(0, size);
                appender.writeBytes(message);
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        try (ChronicleQueue queue =
                        ChronicleQueue.single(directory.resolve("chronicle").toString());
                ExcerptTailer tailer = queue.createTailer()) {
            Bytes<?> into = Bytes.allocateElasticOnHeap(size);
            while (true) {
                into.clear();
                if (tailer.readBytes(into)) {
                    meter.message();
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
