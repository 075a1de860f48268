package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Messages larger than their ring: each in a file of its own beside the ring's region, written whole before the ring
 * mentions it, deleted after it was taken.
 *
 * <p>A file's number is the writer's participant number and a count of its own, so no two writers meet. A writer or
 * reader that is killed can leave a file that no ring mentions any more; it is swept when its ring is next opened
 * and the writer is dead and the ring empty.
 */
public final class SpillFiles {

    public static final long NONE = 0;

    private static final int COUNT_BITS = 32;

    private final Path directory;
    private final String prefix;
    private final Participants participants;
    private final AtomicLong count = new AtomicLong();

    /** @param region the file of the ring, beside which the messages lie */
    public SpillFiles(Path region, Participants participants) {
        this.directory = region.getParent();
        this.prefix = region.getFileName() + ".spill-";
        this.participants = participants;
    }

    /** Writes the message to a new file and gives its number. */
    public long write(byte[] bytes) {
        long number = ((long) participants.self() << COUNT_BITS) | count.incrementAndGet();
        Path file = file(number);
        try {
            Uninterruptibly.call("spill", () -> {
                try (FileChannel channel = PrivateFiles.create(file)) {
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    return null;
                }
            });
            return number;
        } catch (Exception e) {
            delete(number);
            throw new RegionException("cannot write a message of " + bytes.length + " bytes to " + file + ": " + e, e);
        }
    }

    byte[] read(long number, int length) {
        Path file = file(number);
        try {
            byte[] bytes = Uninterruptibly.call("spill", () -> Files.readAllBytes(file));
            if (bytes.length != length) {
                throw new IOException("expected " + length + " bytes, found " + bytes.length);
            }
            return bytes;
        } catch (Exception e) {
            throw new RegionException("cannot read a message of " + length + " bytes from " + file + ": " + e, e);
        }
    }

    public void delete(long number) {
        if (number == NONE) {
            return;
        }
        try {
            Files.deleteIfExists(file(number));
        } catch (IOException e) {
            throw new RegionException("cannot delete " + file(number) + ": " + e, e);
        }
    }

    /** Deletes what dead writers left; call it only while the ring is empty and its consumers' lock is held. */
    void sweep() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*")) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                long number = Long.parseUnsignedLong(name.substring(prefix.length()), 16);
                if (!participants.isAlive((int) (number >>> COUNT_BITS))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new RegionException("cannot look for left messages of " + prefix + " in " + directory, e);
        }
    }

    private Path file(long number) {
        return directory.resolve(prefix + Long.toHexString(number));
    }
}
