package io.github.ipcharness.ipc.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A Unix-domain socket, one write for each message, read as much as comes. */
final class Sockets implements Peer {

    static SocketChannel connect(Path path) throws InterruptedException {
        while (true) {
            try {
                return SocketChannel.open(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                // Nobody listens yet.
                Thread.sleep(5);
            }
        }
    }

    static SocketChannel accept(Path path) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            return server.accept();
        }
    }

    @Override
    public void produce(Path directory, int size) throws Exception {
        ByteBuffer message = ByteBuffer.allocateDirect(size);
        try (SocketChannel channel = connect(directory.resolve("socket"))) {
            while (true) {
                message.clear();
                while (message.hasRemaining()) {
                    channel.write(message);
                }
            }
        }
    }

    @Override
    public void consume(Path directory, int size, Meter meter) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.max(1 << 16, size));
        long bytes = 0;
        long counted = 0;
        try (SocketChannel channel = accept(directory.resolve("socket"))) {
            while (true) {
                buffer.clear();
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new IOException("ended after " + counted + " messages");
                }
                bytes += read;
                for (; counted < bytes / size; counted++) {
                    meter.message();
                }
            }
        }
    }
}
