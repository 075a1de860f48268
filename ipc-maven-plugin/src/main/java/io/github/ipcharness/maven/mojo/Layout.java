package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.Summaries;
import io.github.ipcharness.maven.run.RunDirectory;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the goals leave what they leave, and so where they meet. */
record Layout(Path buildDirectory) {

    Path root() {
        return buildDirectory.resolve("ipc");
    }

    /** What the tests are told. */
    Path tests() {
        return root().resolve("tests");
    }

    Summaries summaries() {
        return new Summaries(root().resolve("summaries"));
    }

    private Path runs() {
        return root().resolve("runs");
    }

    RunDirectory run(Scenario scenario) {
        return new RunDirectory(runs().resolve(scenario.fileName()));
    }

    /** Deletes the runs of an execution, of all its cells. */
    void deleteRuns(Goal goal, String id) throws IOException {
        if (!Files.isDirectory(runs())) {
            return;
        }
        String name = Scenario.fileName(goal, id);
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(runs(), name + "{," + Scenario.CELL + "*}")) {
            for (Path run : runs) {
                new RunDirectory(run).delete();
            }
        }
    }
}
