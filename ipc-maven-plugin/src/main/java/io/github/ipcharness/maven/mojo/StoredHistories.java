package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.JsonHistories;
import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.check.RunHistories;
import io.github.ipcharness.maven.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds histories on disk: JSON Lines of anyone's, and the run directories that the running goals keep.
 *
 * @param source the file or directory they are from
 */
record StoredHistories(Path source, List<History> histories) {

    /** @param from a file, or a directory that is searched with all in it for *.jsonl files and kept runs */
    static List<StoredHistories> find(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            return List.of(new StoredHistories(from, JsonHistories.read(from)));
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.sorted().toList();
        }
        List<StoredHistories> found = new ArrayList<>();
        for (Path path : all) {
            if (Files.isDirectory(path) && isRecording(path)) {
                RunDirectory run = new RunDirectory(path.toAbsolutePath().getParent());
                found.add(new StoredHistories(path, RunHistories.read(path, RunFacts.read(run.exits()))));
            } else if (path.toString().endsWith(".jsonl") && Files.isRegularFile(path)) {
                found.add(new StoredHistories(path, JsonHistories.read(path)));
            }
        }
        return found;
    }

    private static boolean isRecording(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".history"));
        }
    }
}
