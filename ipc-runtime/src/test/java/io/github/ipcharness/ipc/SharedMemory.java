package io.github.ipcharness.ipc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/** Puts a test's directory where a user's namespace lies: in shared memory. */
public final class SharedMemory implements TempDirFactory {

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension) throws IOException {
        Path shm = Path.of("/dev/shm");
        return Files.isWritable(shm)
                ? Files.createTempDirectory(shm, "ipc-test-")
                : Files.createTempDirectory("ipc-test-");
    }
}
