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
 * Histories on disk: JSON Lines of anyone's, or a run directory that a running goal has kept.
 *
 * @param source the file or directory they are from
 */
record StoredHistories(Path source) {

    /** @param from a file, or a directory that is searched with all in it for *.jsonl files and kept runs */
    static List<StoredHistories> find(Path from) throws IOException {
        if (!Files.isDirectory(from)) {
            return List.of(new StoredHistories(from));
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(from)) {
            all = walk.sorted().toList();
        }
        List<StoredHistories> found = new ArrayList<>();
        for (Path path : all) {
            boolean run = Files.isDirectory(path) && isRecording(path);
            if (run || path.toString().endsWith(".jsonl") && Files.isRegularFile(path)) {
                found.add(new StoredHistories(path));
            }
        }
        return found;
    }

    /** Reads them, each time anew: one source after another, there need be room for no more than one. */
    List<History> read() throws IOException {
        if (!Files.isDirectory(source)) {
            return JsonHistories.read(source);
        }
        RunDirectory run = new RunDirectory(source.toAbsolutePath().getParent());
        return RunHistories.read(source, RunFacts.read(run.exits()));
    }

    private static boolean isRecording(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".history"));
        }
    }
}
