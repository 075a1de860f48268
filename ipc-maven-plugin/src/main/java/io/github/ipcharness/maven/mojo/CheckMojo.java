package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.report.VerdictLines;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/**
 * Judges histories that something else recorded, in any language, and writes {@code verdicts.jsonl}, a line for each.
 * Needs no project: {@code mvn io.github.ipcharness:ipc-maven-plugin:check -Dipc.histories=FILE_OR_DIRECTORY}.
 */
@Mojo(name = "check", requiresProject = false, threadSafe = true)
public class CheckMojo extends AbstractMojo {

    /** A file of JSON Lines, or a directory of *.jsonl files and of runs that the other goals have kept. */
    @Parameter(property = "ipc.histories", required = true)
    File histories;

    /** Where verdicts.jsonl is written; target/ipc/check by default. */
    @Parameter(property = "ipc.outputDirectory")
    File outputDirectory;

    @Parameter(defaultValue = "${project}", readonly = true)
    MavenProject project;

    /** What order a queue promises: {@code linearizable}, {@code producerOrder} or {@code unordered}. */
    @Parameter(property = "ipc.guarantee", defaultValue = "linearizable")
    String guarantee;

    /** Whether a history that could not be decided fails the build. */
    @Parameter(property = "ipc.failOnUnknown", defaultValue = "true")
    boolean failOnUnknown;

    /** Skips the goal. */
    @Parameter(property = "ipc.skip", defaultValue = "false")
    boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("check: skipped (ipc.skip)");
            return;
        }
        List<String> wrong = new ArrayList<>();
        List<VerdictLines.Line> lines = judge(wrong);
        lines.forEach(line -> getLog().info(line.toString()));
        lines.stream()
                .filter(line -> line.violated() || failOnUnknown && !line.ok())
                .forEach(line -> wrong.add(line.toString()));
        String message = String.join("\n", wrong);
        if (lines.stream().anyMatch(VerdictLines.Line::violated)) {
            throw new MojoFailureException(message);
        }
        if (!wrong.isEmpty()) {
            throw new MojoExecutionException(message);
        }
    }

    /** Without a pom Maven has a project all the same, but not one whose directories have been filled in. */
    private Path output() {
        if (outputDirectory != null) {
            return outputDirectory.toPath();
        }
        Path build = project.getFile() == null
                ? Path.of("target")
                : Path.of(project.getBuild().getDirectory());
        return build.toAbsolutePath().resolve("ipc").resolve("check");
    }

    /** @param wrong gets what cannot be read; that keeps nothing else from being judged */
    private List<VerdictLines.Line> judge(List<String> wrong) throws MojoExecutionException {
        if (!histories.exists()) {
            throw new MojoExecutionException("ipc.histories must be a file or directory that exists: " + histories);
        }
        VerdictLines lines = new VerdictLines();
        try {
            Judge judge = new Judge(Guarantees.parse(guarantee));
            for (StoredHistories stored : StoredHistories.find(histories.toPath())) {
                judge(stored, judge, lines, wrong);
            }
            lines.write(output());
        } catch (IOException | IllegalArgumentException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        }
        if (lines.lines().isEmpty() && wrong.isEmpty()) {
            throw new MojoExecutionException(
                    "ipc.histories has nothing to judge, no *.jsonl and no *.history file: " + histories);
        }
        return lines.lines();
    }

    private void judge(StoredHistories stored, Judge judge, VerdictLines lines, List<String> wrong) {
        try {
            for (History history : stored.read()) {
                lines.add(stored.source().toString(), history, judge.judge(history));
            }
        } catch (IOException e) {
            getLog().debug(e);
            wrong.add(e.getMessage());
        }
    }
}
