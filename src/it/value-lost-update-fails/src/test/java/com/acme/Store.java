package com.acme;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whole numbers in a file that both programs open. */
final class Store implements AutoCloseable {

    private final FileChannel channel;

    Store() throws IOException {
        Path file = Path.of("target", "store");
        Files.createDirectories(file.getParent());
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    long read(int index) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES);
        return channel.read(buffer, (long) index * Long.BYTES) == Long.BYTES ? buffer.getLong(0) : 0;
    }

    void write(int index, long value) throws IOException {
        channel.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), (long) index * Long.BYTES);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
