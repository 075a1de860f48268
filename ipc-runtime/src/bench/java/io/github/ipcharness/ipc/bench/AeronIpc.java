package io.github.ipcharness.ipc.bench;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** Aeron over {@code aeron:ipc}, with the media driver in the consumer's process. */
final class AeronIpc implements Peer {

    private static final int STREAM = 7;

    private final boolean exclusive;

    AeronIpc(boolean exclusive) {
        this.exclusive = exclusive;
    }

    private static Aeron connect(Path directory) {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(directory.resolve("aeron").toString()));
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        while (!Files.exists(directory.resolve("aeron").resolve("cnc.dat"))) {
            Thread.onSpinWait();
        }
        UnsafeBuffer message = new UnsafeBuffer(new byte[size]);
        try (Aeron aeron = connect(directory);
                Publication publication = exclusive
                        ? aeron.addExclusivePublication("aeron:ipc?term-length=4m", STREAM)
                        : aeron.addPublication("aeron:ipc?term-length=4m", STREAM)) {
            while (true) {
                if (publication.offer(message, 0, size) < 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        MediaDriver.Context context = new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true);
        byte[] into = new byte[size];
        try (MediaDriver driver = MediaDriver.launch(context);
                Aeron aeron = connect(directory);
                Subscription subscription = aeron.addSubscription("aeron:ipc", STREAM)) {
            while (true) {
                int read = subscription.poll(
                        (buffer, offset, length, header) -> {
                            buffer.getBytes(offset, into, 0, length);
                            meter.message();
                        },
                        256);
                if (read == 0) {
                    Thread.onSpinWait();
                }
            }
        }
    }
}
