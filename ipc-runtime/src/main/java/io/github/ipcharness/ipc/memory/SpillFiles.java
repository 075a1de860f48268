package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Messages larger than their ring: each in a file of its own beside the ring's region, written whole before the ring
 * mentions it, deleted after it was taken.
 *
 * <p>A file is named for its region's name and id and for a number that only its writer gives, so neither two writers
 * meet, nor a region and the next one of its name; the plus sign, which no user's name has, keeps them apart from
 * regions. A writer or reader that is killed can leave a file that no ring mentions any more: {@link #sweep} takes it.
 */
public final class SpillFiles {

    public static final long NONE = 0;

    /**
     * A channel takes the bytes of an array through a buffer outside the heap, which it keeps for the thread, as large as
     * the largest piece it was ever given. Pieces that stay in the processor's cache cost no second passage through
     * memory, and no memory that nobody gives back.
     */
    private static final int SLICE_BYTES = 1 << 16;

    private final Path directory;
    private final String prefix;
    private final Participants participants;

    /** @param region beside whose file the messages lie */
    public SpillFiles(MappedRegion region, Participants participants) {
        this.directory = region.file().getParent();
        this.prefix = "." + region.file().getFileName() + "+" + Long.toHexString(region.id()) + "+";
        this.participants = participants;
    }

    /** Writes the message to a new file and gives its number. */
    public long write(byte[] bytes) {
        long number = participants.nextUnique();
        Path file = file(number);
        try {
            Uninterruptibly.call("spill", () -> {
                try (FileChannel channel = PrivateFiles.create(file)) {
                    CrashPoint.SPILL_CREATED.reach();
                    writeAll(channel, bytes);
                    return null;
                }
            });
            CrashPoint.SPILL_WRITTEN.reach();
            return number;
        } catch (Exception e) {
            delete(number);
            throw new RegionException("cannot write a message of " + bytes.length + " bytes to " + file + ": " + e, e);
        }
    }

    byte[] read(long number, int length) {
        Path file = file(number);
        try {
            return Uninterruptibly.call("spill", () -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                    if (channel.size() != length) {
                        throw new IOException("expected " + length + " bytes, found " + channel.size());
                    }
                    return readAll(channel, length);
                }
            });
        } catch (Exception e) {
            throw new RegionException("cannot read a message of " + length + " bytes from " + file + ": " + e, e);
        }
    }

    private static void writeAll(FileChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.position() < bytes.length) {
            buffer.limit(Math.min(bytes.length, buffer.position() + SLICE_BYTES));
            channel.write(buffer);
        }
    }

    private static byte[] readAll(FileChannel channel, int length) throws IOException {
        byte[] bytes = new byte[length];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.position() < length) {
            buffer.limit(Math.min(length, buffer.position() + SLICE_BYTES));
            if (channel.read(buffer) < 0) {
                throw new IOException("expected " + length + " bytes, found " + buffer.position());
            }
        }
        return bytes;
    }

    /** Deletes the file, as far as possible: what remains is of no use to anyone, and no reason to fail. */
    public void delete(long number) {
        if (number != NONE) {
            delete(file(number));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // A later sweep tries again.
        }
    }

    /**
     * Deletes what dead writers left, if no message waits.
     *
     * <p>The order makes it safe at any time: first those files are found whose writers are dead, so that no ring will
     * mention them that does not yet, and then the rings are looked at.
     *
     * @param nothingWaits whether all rings of the region are empty
     */
    public void sweep(BooleanSupplier nothingWaits) {
        List<Path> left = new ArrayList<>();
        for (Path file : files()) {
            if (!participants.isAlive(Participants.participantOf(numberOf(file)))) {
                left.add(file);
            }
        }
        if (!left.isEmpty() && nothingWaits.getAsBoolean()) {
            CrashPoint.SPILL_SWEEPING.reach();
            left.forEach(SpillFiles::delete);
        }
    }

    /** Deletes all files of the region: nobody will ever take a message from it again. */
    public void deleteAll() {
        files().forEach(SpillFiles::delete);
    }

    private List<Path> files() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> file.getFileName().toString().startsWith(prefix))) {
            files.forEach(found::add);
            return found;
        } catch (IOException e) {
            throw new RegionException("cannot look for messages left in " + directory + ": " + e, e);
        }
    }

    private long numberOf(Path file) {
        try {
            return Long.parseUnsignedLong(file.getFileName().toString().substring(prefix.length()), 16);
        } catch (NumberFormatException e) {
            throw new RegionException("not a file of this library: " + file, e);
        }
    }

    private Path file(long number) {
        return directory.resolve(prefix + Long.toHexString(number));
    }
}
