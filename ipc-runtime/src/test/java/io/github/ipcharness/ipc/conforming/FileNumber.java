package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.NumberParty;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A number in a file. */
class FileNumber implements NumberParty {

    final FileGuard guard;

    FileNumber(Path home) {
        guard = FileGuard.of(home.resolve("number"));
    }

    static long get(FileChannel file) throws IOException {
        return FileGuard.read(file, 0, 8).getLong();
    }

    static void set(FileChannel file, long value) throws IOException {
        FileGuard.write(file, 0, ByteBuffer.allocate(8).putLong(value).flip());
    }

    @Override
    public long get() throws IOException {
        return guard.with(FileNumber::get);
    }

    @Override
    public void set(long value) throws IOException {
        guard.with(file -> {
            set(file, value);
            return null;
        });
    }

    @Override
    public long getAndAdd(long delta) throws IOException {
        return guard.with(file -> {
            long before = get(file);
            set(file, before + delta);
            return before;
        });
    }

    @Override
    public boolean compareAndSet(long expected, long next) throws IOException {
        return guard.with(file -> {
            boolean is = get(file) == expected;
            if (is) {
                set(file, next);
            }
            return is;
        });
    }

    @Override
    public void close() {
        // Nothing is open but what all share.
    }
}
