package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and directories that only this user may enter: 0700 and 0600, created exclusively, never through a link, and
 * refused when somebody else could have written to them.
 */
public final class PrivateFiles {

    /** Small enough to stay in the processor's cache while it is written over and over. */
    private static final int FILL_BYTES = 1 << 16;

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(FILL_BYTES).asReadOnlyBuffer();
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private PrivateFiles() {}

    /** Makes the directory (and its parents) if it is not there, and refuses one that others may write to. */
    public static void ensureDirectory(Path directory) {
        ensureDirectory(directory, true);
    }

    /** As {@link #ensureDirectory}, in a parent that is there: if it is not, a {@link NoSuchFileException} is the cause. */
    static void ensureDirectoryIn(Path parent, Path directory) {
        ensureDirectory(parent.resolve(directory), false);
    }

    private static void ensureDirectory(Path directory, boolean withParents) {
        try {
            while (Files.notExists(directory, LinkOption.NOFOLLOW_LINKS) || !isOurs(directory)) {
                if (withParents && directory.getParent() != null) {
                    Files.createDirectories(directory.getParent());
                }
                createDirectory(directory);
            }
        } catch (IOException e) {
            throw new RegionException("cannot make the directory " + directory + ": " + e, e);
        }
    }

    /** False if it is gone again, removed by a process that cleans up; refused if it is there, and not ours alone. */
    private static boolean isOurs(Path directory) throws IOException {
        try {
            if (!Files.readAttributes(directory, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isDirectory()) {
                throw new RegionException("not a directory (links are not followed): " + directory);
            }
            requirePrivate(directory);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void createDirectory(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, attributes(directory, "rwx------"));
            CrashPoint.DIRECTORY_MADE.reach();
        } catch (FileAlreadyExistsException e) {
            // Another process made it at the same moment; whether it is private, and still there, the caller looks at.
        }
    }

    /** Opens a new file of this user's alone; fails where one of that name exists. */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                attributes(file, "rw-------"));
    }

    /** Opens an existing file for reading and writing, not following a link. */
    public static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Refuses a file of this size where the file system has less room: to find out by filling it would take the room of
     * everybody else first. Who else takes room meanwhile is found out by {@link #fill}.
     */
    static void requireRoom(Path directory, long bytes) throws IOException {
        if (bytes > FILL_BYTES) {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (bytes > free) {
                throw new IOException("No space left on device: " + bytes + " bytes needed, " + free + " free");
            }
        }
    }

    /**
     * Writes zeros over [from, to), so that every page of the file is really there: a mapped page that the file system
     * cannot back kills the JVM with SIGBUS, while a write that it cannot back is an IOException that can be read.
     */
    public static void fill(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer zeros = ZEROS.duplicate();
        long position = from;
        while (position < to) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), to - position));
            position += channel.write(zeros, position);
        }
    }

    /** Refuses a file or directory that another user owns or may write to. */
    public static void requirePrivate(Path path) throws IOException {
        if (!isPosix(path)) {
            return;
        }
        PosixFileAttributes found = Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (Self.OWNER != null && !Self.OWNER.equals(found.owner())) {
            throw new RegionException("must belong to user " + Self.OWNER.getName() + ", belongs to "
                    + found.owner().getName() + ": " + path);
        }
        if (!OWNER_ONLY.containsAll(found.permissions())) {
            throw new RegionException("permissions must be the owner's alone (" + (found.isDirectory() ? "rwx" : "rw-")
                    + "------), found " + PosixFilePermissions.toString(found.permissions()) + ": " + path);
        }
    }

    /** The user whom this process acts for, as the kernel sees it; null where it does not say. */
    private static final class Self {
        static final UserPrincipal OWNER = find();

        private static UserPrincipal find() {
            try {
                return Files.getOwner(Path.of("/proc/self"));
            } catch (IOException | UnsupportedOperationException | SecurityException e) {
                return null;
            }
        }
    }

    private static FileAttribute<?>[] attributes(Path path, String permissions) {
        if (!isPosix(path)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
