package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.ConsoleReport;
import io.github.ipcharness.maven.report.Problem;
import io.github.ipcharness.maven.report.ScenarioResult;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;

/** What is wrong with the results of one goal, until it can be thrown. */
final class Failures {

    private final List<String> messages = new ArrayList<>();
    private boolean failed;

    void add(ScenarioExecution execution, ScenarioResult result) {
        if (!result.passed()) {
            messages.add(ConsoleReport.message(result, execution.directory().root()));
            failed |= result.problems().stream().anyMatch(problem -> problem.severity() == Problem.Severity.FAILURE);
        }
    }

    /** @throws MojoFailureException if the programs did wrong, rather than that nobody knows */
    void throwIfAny() throws MojoExecutionException, MojoFailureException {
        if (failed) {
            throw new MojoFailureException(String.join("\n", messages));
        }
        if (!messages.isEmpty()) {
            throw new MojoExecutionException(String.join("\n", messages));
        }
    }
}
