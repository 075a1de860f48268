package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    ByteBuffer buffer = ByteBuffer.wrap(bytes);
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
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
            byte[] bytes = Uninterruptibly.call("spill", () -> Files.readAllBytes(file));
            if (bytes.length != length) {
                throw new IOException("expected " + length + " bytes, found " + bytes.length);
            }
            return bytes;
        } catch (Exception e) {
            throw new RegionException("cannot read a message of " + length + " bytes from " + file + ": " + e, e);
        }
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
