package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The directory in which the running goals leave their summaries for {@code ipc:verify}, a file for each scenario. */
public final class Summaries {

    private static final String SUFFIX = ".json";

    private final Path directory;

    public Summaries(Path directory) {
        this.directory = directory;
    }

    private Path file(String scenario) {
        return directory.resolve(scenario + SUFFIX);
    }

    /**
     * Those of an execution, of all its cells. To be done before it runs: if the build dies in it, an earlier build's
     * summary must not stand for it.
     */
    public void delete(Goal goal, String id) throws IOException {
        CellFiles.delete(directory, Scenario.fileName(goal, id), SUFFIX);
    }

    /** That of one cell: what an earlier run of it left must not stand for the next one. */
    public void delete(Scenario scenario) throws IOException {
        Files.deleteIfExists(file(scenario.fileName()));
    }

    public void write(ScenarioResult result, Path runDirectory) throws IOException {
        write(Summary.of(result, System.currentTimeMillis(), runDirectory.toString()));
    }

    public void writeSkipped(Goal goal, String id) throws IOException {
        write(Summary.skipped(goal.toString(), id, System.currentTimeMillis()));
    }

    /** Written beside its place and then moved to it: whoever finds a summary finds all of it. */
    void write(Summary summary) throws IOException {
        Files.createDirectories(directory);
        Path temporary = Files.createTempFile(directory, "summary", ".tmp");
        try {
            SummaryJson.write(summary, temporary);
            Files.move(
                    temporary,
                    file(summary.fileName()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** @param scenario its file name, goal and id: {@code queue-orders} */
    public Optional<Summary> read(String scenario) throws IOException {
        Path file = file(scenario);
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    private static Summary read(Path file) throws IOException {
        try {
            return SummaryJson.read(file);
        } catch (IOException e) {
            throw new IOException("cannot read the summary " + file + ": " + e.getMessage(), e);
        }
    }

    /** All there are, in the order in which they finished. */
    public List<Summary> all() throws IOException {
        List<Summary> all = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : files) {
                    all.add(read(file));
                }
            }
        }
        all.sort(Comparator.comparingLong(Summary::finishedMillis).thenComparing(Summary::title));
        return all;
    }
}
