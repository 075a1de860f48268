package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.ConsoleReport;
import io.github.ipcharness.maven.report.ScenarioResult;
import io.github.ipcharness.maven.run.BackgroundRun;
import io.github.ipcharness.maven.run.CouldNotRunException;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.maven.plugin.MojoExecutionException;

/** The straight line of a scenario that lives on while the build goes on, in its two halves. */
final class Background {

    private final ScenarioExecution execution;
    private final BackgroundRun run;
    private final Instant started = Instant.now();
    private Turn turn;
    private TestProperties tests;
    private CouldNotRunException notStarted;

    Background(ScenarioExecution execution, Duration grace) {
        this.execution = execution;
        this.run = new BackgroundRun(execution.runner(), grace);
    }

    ScenarioExecution execution() {
        return execution;
    }

    /** @return whether all its processes are ready; if not, {@link #stop} says why */
    boolean start(Duration patience, TestProperties properties)
            throws IOException, InterruptedException, MojoExecutionException {
        Scenario scenario = execution.scenario();
        turn = Turn.take(execution.layout(), scenario.goal(), scenario.id());
        execution.announce();
        try {
            run.start();
        } catch (CouldNotRunException e) {
            notStarted = e;
            return false;
        }
        try {
            if (!run.awaitReady(patience)) {
                return false;
            }
            ConsoleReport.started(run.processes()).forEach(execution.log()::info);
            execution.log().info("  the tests meet them in " + run.home());
            tests = properties;
            tests.set(run.home());
            return true;
        } catch (IOException | InterruptedException | RuntimeException e) {
            run.close();
            turn.close();
            throw e;
        }
    }

    /** Ends the processes, judges what was recorded, and writes it down. */
    ScenarioResult stop(boolean tellsProblems) throws IOException, InterruptedException {
        if (tests != null) {
            tests.unset();
        }
        try {
            ScenarioResult result = ended();
            execution.report(result, tellsProblems);
            return result;
        } finally {
            turn.close();
        }
    }

    private ScenarioResult ended() throws InterruptedException {
        if (notStarted != null) {
            return execution.notRun(started, notStarted);
        }
        try {
            return execution.result(started, run.stop());
        } catch (CouldNotRunException e) {
            return execution.notRun(started, e);
        }
    }
}
