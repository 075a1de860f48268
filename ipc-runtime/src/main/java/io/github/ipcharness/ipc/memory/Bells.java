package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The doorbells of this participant: those that its own threads sleep on, and the cords to those of others.
 *
 * <p>A bell is a Unix-domain socket that a sleeping thread waits for, at no cost of processor time; to ring it is to write
 * one byte to a connection that stays open. A bell's number is its participant's number and a count. A thread borrows a
 * bell while it sleeps, so there are as many bells as threads have ever slept at once.
 */
public final class Bells {

    private static final String DIRECTORY = "bells";
    private static final int COUNT_BITS = 32;

    private final Path directory;
    private final int self;
    private final boolean available;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentLinkedQueue<Bell> idle = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Bell> all = new ConcurrentLinkedQueue<>();
    private final Map<Long, SocketChannel> cords = new ConcurrentHashMap<>();
    /** Said before bells are taken down and cords cut; who adds one looks afterwards (Dekker 1965). */
    private volatile boolean closed;

    Bells(Path namespace, int self) {
        this.directory = namespace.resolve(DIRECTORY);
        this.self = self;
        // The longest path of a Unix-domain socket is 107 bytes; two numbers of ten digits follow the directory.
        this.available = directory.toString().getBytes().length + 22 <= 107;
    }

    /** Whether sockets can lie in this namespace; if not, waiters look again every millisecond. */
    boolean areAvailable() {
        return available;
    }

    /**
     * A bell of this participant's that nobody sleeps on; null if no more can be hung up (too many open files), or if
     * this participant has left.
     */
    Bell borrow() {
        Bell bell = idle.poll();
        return bell != null || closed ? bell : hang();
    }

    private Bell hang() {
        int number = count.incrementAndGet();
        try {
            PrivateFiles.ensureDirectory(directory);
            Bell bell = new Bell(path(self, number), (long) self << COUNT_BITS | number);
            all.add(bell);
            CrashPoint.BELL_HUNG.reach();
            if (closed && all.remove(bell)) {
                bell.close();
                return null;
            }
            return bell;
        } catch (IOException e) {
            // A bell saves processor time, no more: the caller looks again every millisecond instead.
            return null;
        }
    }

    void giveBack(Bell bell) {
        idle.add(bell);
    }

    /**
     * Rings a bell of any participant's. Never fails: it is rung after something has happened, which stays so, and who
     * misses the ring wakes by itself soon.
     *
     * @return false if nobody is there any more: its process is dead, or it cannot be reached
     */
    boolean ring(long number) {
        SocketChannel cord = cords.get(number);
        if (cord != null && pull(cord)) {
            return true;
        }
        drop(number, cord);
        cord = connect(number);
        if (cord == null) {
            return false;
        }
        if (!pull(cord)) {
            close(cord);
            return false;
        }
        SocketChannel other = cords.putIfAbsent(number, cord);
        if (other != null) {
            // Another thread was faster; closing this cord rings once more, which does no harm.
            close(cord);
        } else if (closed) {
            drop(number, cord);
        }
        return true;
    }

    private static boolean pull(SocketChannel cord) {
        try {
            // Nothing is written where the buffer is full; then there are rings enough in it.
            cord.write(ByteBuffer.allocate(1));
            return true;
        } catch (IOException e) {
            // The sleeper's process is gone: the caller looks for another one.
            return false;
        }
    }

    private SocketChannel connect(long number) {
        Path path = path((int) (number >>> COUNT_BITS), (int) number);
        SocketChannel cord = null;
        try {
            cord = SocketChannel.open(StandardProtocolFamily.UNIX);
            cord.configureBlocking(false);
            if (cord.connect(UnixDomainSocketAddress.of(path)) || cord.finishConnect()) {
                return cord;
            }
        } catch (ConnectException e) {
            // Nobody listens: its process is dead. What it left is of no use to anyone.
            delete(path);
        } catch (IOException e) {
            // Not there, or out of reach: the sleeper wakes by itself.
        }
        if (cord != null) {
            close(cord);
        }
        return null;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // The next one who rings tries again.
        }
    }

    private void drop(long number, SocketChannel cord) {
        if (cord != null && cords.remove(number, cord)) {
            close(cord);
        }
    }

    private static void close(SocketChannel cord) {
        try {
            cord.close();
        } catch (IOException e) {
            // Closed it is, as far as this process is concerned.
        }
    }

    private Path path(int participant, int number) {
        return directory.resolve(Integer.toUnsignedString(participant) + "-" + Integer.toUnsignedString(number));
    }

    /** Takes all bells down and cuts all cords. */
    void close() {
        closed = true;
        for (Bell bell = all.poll(); bell != null; bell = all.poll()) {
            try {
                bell.close();
            } catch (IOException e) {
                // What remains of it is a socket that nobody listens to.
            }
        }
        idle.clear();
        cords.forEach(this::drop);
    }
}
