package io.github.ipcharness.ipc;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run tells its processes: a system property {@code ipc.NAME}, or, for children of a command line, the
 * environment variable {@code IPC_NAME}.
 */
final class Settings {

    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private Settings() {}

    static Optional<String> get(String name) {
        String value = System.getProperty("ipc." + name);
        if (value == null) {
            value = System.getenv("IPC_" + name.toUpperCase(Locale.ROOT));
        }
        return Optional.ofNullable(value).filter(found -> !found.isBlank());
    }

    /** The namespace of this process: the run's, or one for each user. */
    static Path home() {
        return get("home").map(Path::of).orElseGet(() -> {
            Path parent = Files.isDirectory(SHARED_MEMORY) && Files.isWritable(SHARED_MEMORY)
                    ? SHARED_MEMORY
                    : Path.of(System.getProperty("java.io.tmpdir"));
            return parent.resolve("ipc-" + System.getProperty("user.name").replaceAll("[^A-Za-z0-9._-]", "_"));
        });
    }

    /**
     * Whether a run has told this process its part, as a program of its own or as a test beside them. The run has made
     * the namespace then, and takes it away at its end.
     */
    static boolean isPartOfRun() {
        return get("role").isPresent();
    }

    /** What histories call this process. */
    static String label() {
        return get("role").orElse("process")
                + "-"
                + get("index")
                        .orElseGet(() -> Long.toString(ProcessHandle.current().pid()));
    }
}
