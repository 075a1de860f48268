package io.github.ipcharness.maven.run;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The private directory that a run's processes meet in. Its subdirectory {@code histories} asks the runtime to record.
 *
 * <p>Its path is short where it can be: a Unix-domain socket's has about 100 characters, and the runtime may put one in.
 */
record Namespace(Path home) {

    static final String PREFIX = "ipc-";

    private static final int NAME_BITS = 60;

    /**
     * Makes one in shared memory, or in the build's directory if there is no shared memory or too little.
     *
     * @param bytes how much is likely to be written in it
     */
    static Namespace create(Path sharedMemory, Path buildDirectory, long bytes) throws IOException {
        if (hasRoom(sharedMemory, bytes)) {
            return create(sharedMemory);
        }
        Files.createDirectories(buildDirectory);
        return create(buildDirectory);
    }

    private static boolean hasRoom(Path directory, long bytes) {
        try {
            return Files.isWritable(directory) && Files.getFileStore(directory).getUsableSpace() > bytes;
        } catch (IOException e) {
            return false;
        }
    }

    private static Namespace create(Path parent) throws IOException {
        String random = new BigInteger(NAME_BITS, new SecureRandom()).toString(Character.MAX_RADIX);
        Path home = parent.toAbsolutePath().resolve(PREFIX + random);
        makePrivate(home);
        makePrivate(home.resolve("histories"));
        return new Namespace(home);
    }

    private static void makePrivate(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
        }
    }

    Path histories() {
        return home.resolve("histories");
    }
}
