package io.github.ipcharness.ipc.bench;

import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix-domain socket, in blocking calls. */
final class SocketLine implements Line {

    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(BYTES);

    SocketLine(Path directory, boolean first) throws Exception {
        Path path = directory.resolve("socket");
        channel = first ? Sockets.connect(path) : Sockets.accept(path);
    }

    @Override
    public void send() throws Exception {
        out.clear();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    @Override
    public void receive() throws Exception {
        in.clear();
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the other end has gone");
            }
        }
    }

    @Override
    public void close() throws Exception {
        channel.close();
    }
}
