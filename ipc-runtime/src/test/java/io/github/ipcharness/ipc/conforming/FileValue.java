package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ValueParty;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A value in a file: which of two places is the newest, and the two places. */
class FileValue implements ValueParty {

    private static final int PLACE = 1 << 16;

    private final FileGuard guard;

    FileValue(Path home) {
        guard = FileGuard.of(home.resolve("value"));
    }

    @Override
    public byte[] read() throws IOException {
        return guard.with(file -> {
            long place = FileGuard.read(file, 0, 8).getLong();
            long at = 8 + place * PLACE;
            int length = FileGuard.read(file, at, 4).getInt();
            return FileGuard.read(file, at + 4, length).array();
        });
    }

    @Override
    public void write(byte[] value) throws IOException {
        guard.with(file -> {
            long place = 1 - FileGuard.read(file, 0, 8).getLong();
            ByteBuffer bytes = ByteBuffer.allocate(4 + value.length);
            FileGuard.write(
                    file,
                    8 + place * PLACE,
                    bytes.putInt(value.length).put(value).flip());
            FileGuard.write(file, 0, ByteBuffer.allocate(8).putLong(place).flip());
            return null;
        });
    }

    @Override
    public void close() {
        // Nothing is open but what all share.
    }
}
