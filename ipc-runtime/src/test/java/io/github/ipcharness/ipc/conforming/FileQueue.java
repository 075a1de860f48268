package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.QueueParty;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;

/** A queue in a file: where it begins and ends, how many are in it, whether it has ended; then the messages. */
class FileQueue implements QueueParty {

    private static final int HEADER = 32;

    private final FileGuard guard;
    private final int capacity;

    FileQueue(Path home, int capacity) {
        this.guard = FileGuard.of(home.resolve("queue"));
        this.capacity = capacity;
    }

    /** The first words of the file, which are written at once. */
    private static final class Header {

        long first;
        long end;
        long count;
        long ended;

        static Header of(FileChannel file) throws IOException {
            ByteBuffer bytes = FileGuard.read(file, 0, HEADER);
            Header header = new Header();
            header.first = bytes.getLong();
            header.end = bytes.getLong();
            header.count = bytes.getLong();
            header.ended = bytes.getLong();
            return header;
        }

        void write(FileChannel file) throws IOException {
            if (count == 0) {
                first = 0;
                end = 0;
            }
            ByteBuffer bytes = ByteBuffer.allocate(HEADER);
            bytes.putLong(first).putLong(end).putLong(count).putLong(ended).flip();
            FileGuard.write(file, 0, bytes);
        }
    }

    boolean putNow(byte[] message) throws IOException {
        return guard.with(file -> {
            Header header = Header.of(file);
            if (header.count == capacity) {
                return false;
            }
            ByteBuffer bytes = ByteBuffer.allocate(4 + message.length);
            bytes.putInt(message.length).put(message).flip();
            FileGuard.write(file, HEADER + header.end, bytes);
            header.end += 4 + message.length;
            header.count++;
            header.write(file);
            return true;
        });
    }

    byte[] takeNow() throws IOException {
        return guard.with(file -> {
            Header header = Header.of(file);
            if (header.count == 0) {
                if (header.ended != 0) {
                    throw new EOFException();
                }
                return null;
            }
            int length = FileGuard.read(file, HEADER + header.first, 4).getInt();
            byte[] message =
                    FileGuard.read(file, HEADER + header.first + 4, length).array();
            header.first += 4 + length;
            header.count--;
            header.write(file);
            return message;
        });
    }

    @Override
    public boolean put(byte[] message, Duration timeout) throws Exception {
        long end = System.nanoTime() + timeout.toNanos();
        while (!putNow(message)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(1);
        }
        return true;
    }

    @Override
    public byte[] take(Duration timeout) throws Exception {
        long end = System.nanoTime() + timeout.toNanos();
        byte[] message = takeNow();
        while (message == null && System.nanoTime() - end < 0) {
            Thread.sleep(1);
            message = takeNow();
        }
        return message;
    }

    @Override
    public void endOfStream() throws IOException {
        guard.with(file -> {
            Header header = Header.of(file);
            header.ended = 1;
            header.write(file);
            return null;
        });
    }

    @Override
    public void close() {
        // Nothing is open but what all share.
    }
}
