package io.github.ipcharness.ipc.conforming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A file that one at a time uses, whom the operating system's lock on it keeps apart from other processes: the transports
 * that the suites are tried with, beside ours, are made of such files. One channel for each file, because closing another one
 * would drop the lock.
 */
final class FileGuard {

    private static final Map<Path, FileGuard> ALL = new ConcurrentHashMap<>();

    private final ReentrantLock own = new ReentrantLock();
    private final FileChannel channel;

    private FileGuard(Path file) {
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FileGuard of(Path file) {
        return ALL.computeIfAbsent(file, FileGuard::new);
    }

    interface Task<R> {
        R run(FileChannel file) throws IOException;
    }

    <R> R with(Task<R> task) throws IOException {
        own.lock();
        try {
            FileLock lock = channel.lock();
            try {
                return task.run(channel);
            } finally {
                lock.release();
            }
        } finally {
            own.unlock();
        }
    }

    /** The operating system's lock, for long; null if the time is over. */
    FileLock hold(long nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        if (!own.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            return null;
        }
        FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < end) {
            Thread.sleep(1);
            lock = channel.tryLock();
        }
        if (lock == null) {
            own.unlock();
        }
        return lock;
    }

    void letGo(FileLock lock) throws IOException {
        lock.release();
        own.unlock();
    }

    static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) > 0) {
            // What was never written is zero.
        }
        return bytes.clear();
    }

    static void write(FileChannel file, long at, ByteBuffer bytes) throws IOException {
        long from = at - bytes.position();
        while (bytes.hasRemaining()) {
            file.write(bytes, from + bytes.position());
        }
    }
}
