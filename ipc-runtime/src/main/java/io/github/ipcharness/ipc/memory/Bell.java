package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * A doorbell on which one thread at a time sleeps. All its channels are non-blocking: an interrupt ends the sleep, and
 * closes nothing.
 */
final class Bell {

    private static final int RINGS = 64;

    private final Path path;
    private final long number;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final ByteBuffer rings = ByteBuffer.allocateDirect(RINGS);

    Bell(Path path, long number) throws IOException {
        this.path = path;
        this.number = number;
        this.selector = Selector.open();
        try {
            this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            Files.deleteIfExists(path);
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    long number() {
        return number;
    }

    /**
     * Sleeps until the bell is rung, the thread is interrupted, or the time is over; 0 does not sleep. What rang is left
     * for {@link #silence}: it can wait until after what the ring was for.
     */
    void sleep(long millis) {
        try {
            if (millis == 0) {
                selector.selectNow();
            } else {
                selector.select(millis);
            }
        } catch (ClosedSelectorException e) {
            // The participant left in the meantime; the caller finds that out by itself.
        } catch (IOException e) {
            Backoff.parkShortly(Deadline.NEVER);
        }
    }

    /** Forgets the rings of sleeps that are over. Call it before asking to be rung: later, it would forget that ring too. */
    void silence() {
        try {
            Set<SelectionKey> keys = selector.selectedKeys();
            for (SelectionKey key : keys) {
                answer(key);
            }
            keys.clear();
        } catch (ClosedSelectorException | CancelledKeyException e) {
            // The participant left in the meantime; the caller finds that out by itself.
        } catch (IOException e) {
            // Too many open files to let another ringer in: do without the bell for a moment.
            Backoff.parkShortly(Deadline.NEVER);
        }
    }

    private void answer(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel cord = server.accept();
            if (cord != null) {
                cord.configureBlocking(false);
                cord.register(selector, SelectionKey.OP_READ);
            }
            return;
        }
        rings.clear();
        try {
            if (((SocketChannel) key.channel()).read(rings) >= 0) {
                return;
            }
        } catch (IOException e) {
            // Whoever held the cord is gone, with what it had not yet rung: nothing is owed to it.
            key.cancel();
        }
        key.channel().close();
    }

    final void close() throws IOException {
        try (selector) {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } finally {
            Files.deleteIfExists(path);
        }
    }
}
