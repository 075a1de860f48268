package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Ipc;
import java.nio.file.Path;

/** A {@code Connection}. */
final class OurPipe implements Line {

    private final Ipc ipc;
    private final Connection<byte[]> connection;
    private final byte[] message = new byte[BYTES];

    OurPipe(Path directory, boolean first) {
        ipc = Ipc.open(directory);
        connection = ipc.pipe("bench", Codec.BYTES, first ? End.A : End.B);
    }

    @Override
    public void send() throws InterruptedException {
        connection.send(message);
    }

    @Override
    public void receive() throws InterruptedException {
        connection.receive();
    }

    @Override
    public void close() {
        ipc.close();
    }
}
