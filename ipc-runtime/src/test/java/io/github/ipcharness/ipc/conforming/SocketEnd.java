package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ConnectionParty;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** One end of a Unix-domain socket: each message behind its length. */
class SocketEnd implements ConnectionParty {

    private final Path address;
    private final ServerSocketChannel server;
    private final ByteBuffer length = ByteBuffer.allocate(4);
    private final Object sending = new Object();
    private final Object receiving = new Object();
    private SocketChannel socket;
    private ByteBuffer coming;
    private boolean closed;

    SocketEnd(Path home, boolean first) throws IOException {
        address = home.resolve("socket");
        server = first ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : null;
        if (first) {
            server.bind(UnixDomainSocketAddress.of(address)).configureBlocking(false);
        }
        Thread meeting = new Thread(this::meet, "meets the other end");
        meeting.setDaemon(true);
        meeting.start();
    }

    /** Meets the other end, whichever comes first, while nobody uses this one. */
    private void meet() {
        try {
            while (socket() == null) {
                Thread.sleep(1);
            }
        } catch (IOException e) {
            // Closed before the other end came.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The socket, once the other end is there; otherwise null. */
    private synchronized SocketChannel socket() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (socket == null) {
            socket = server == null ? connected() : server.accept();
            if (socket != null) {
                socket.configureBlocking(false);
            }
        }
        return socket;
    }

    private SocketChannel connected() {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(address));
        } catch (IOException e) {
            // The other end has not come yet.
            return null;
        }
    }

    @Override
    public boolean send(byte[] message, Duration timeout) throws Exception {
        long end = System.nanoTime() + timeout.toNanos();
        ByteBuffer bytes = ByteBuffer.allocate(4 + message.length);
        bytes.putInt(message.length).put(message).flip();
        synchronized (sending) {
            while (true) {
                SocketChannel to = socket();
                if (to != null) {
                    to.write(bytes);
                }
                if (!bytes.hasRemaining()) {
                    return true;
                }
                // What has been begun must be brought to its end.
                if (bytes.position() == 0 && System.nanoTime() - end >= 0) {
                    return false;
                }
                Thread.sleep(1);
            }
        }
    }

    @Override
    public byte[] receive(Duration timeout) throws Exception {
        long end = System.nanoTime() + timeout.toNanos();
        synchronized (receiving) {
            while (true) {
                SocketChannel from = socket();
                if (from != null && isRead(from)) {
                    byte[] message = coming.array();
                    coming = null;
                    length.clear();
                    return message;
                }
                if (System.nanoTime() - end >= 0) {
                    return null;
                }
                Thread.sleep(1);
            }
        }
    }

    private boolean isRead(SocketChannel from) throws IOException {
        try {
            if (length.hasRemaining() && from.read(length) < 0) {
                throw new EOFException();
            }
            if (length.hasRemaining()) {
                return false;
            }
            if (coming == null) {
                coming = ByteBuffer.allocate(length.getInt(0));
            }
            if (from.read(coming) < 0) {
                throw new EOFException();
            }
            return !coming.hasRemaining();
        } catch (SocketException e) {
            throw (EOFException) new EOFException(e.getMessage()).initCause(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (server != null) {
            server.close();
        }
        if (socket != null) {
            socket.close();
        }
    }
}
