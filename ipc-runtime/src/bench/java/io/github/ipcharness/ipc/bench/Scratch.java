package io.github.ipcharness.ipc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory in shared memory, for as long as something is measured. */
final class Scratch implements AutoCloseable {

    private final Path path;

    Scratch() throws IOException {
        Path memory = Path.of("/dev/shm");
        path = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "ipc-bench-")
                : Files.createTempDirectory("ipc-bench-");
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(path)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
