package io.github.ipcharness.ipc.bench;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A named pipe of the kernel's, one write for each message. */
final class Fifo implements Peer {

    private static Path path(Path directory) throws IOException, InterruptedException {
        Path fifo = directory.resolve("fifo");
        if (!Files.exists(fifo)) {
            // Whoever is second is told that it exists, which is as good.
            new ProcessBuilder("mkfifo", fifo.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }
        return fifo;
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        byte[] message = new byte[size];
        try (OutputStream out = new FileOutputStream(path(directory).toFile())) {
            while (true) {
                out.write(message);
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        byte[] buffer = new byte[Math.max(1 << 16, size)];
        long bytes = 0;
        long counted = 0;
        try (InputStream in = new FileInputStream(path(directory).toFile())) {
            while (true) {
                int read = in.read(buffer);
                if (read < 0) {
                    throw new EOFException("ended after " + counted + " messages");
                }
                bytes += read;
                for (; counted < bytes / size; counted++) {
                    meter.message();
                }
            }
        }
    }
}
