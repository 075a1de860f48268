package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.Summaries;
import io.github.ipcharness.maven.run.RunDirectory;
import io.github.ipcharness.maven.scenario.Scenario;
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

    RunDirectory run(Scenario scenario) {
        return new RunDirectory(root().resolve("runs").resolve(scenario.fileName()));
    }
}
