package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.ConsoleReport;
import io.github.ipcharness.maven.report.ScenarioResult;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;

/** A goal that runs its scenario from its beginning to its end. */
abstract class AbstractRunMojo extends AbstractScenarioMojo {

    /**
     * How often the scenario is run, from 1 to 1000000, each time with the next seed, until a run does not pass; once by
     * default, or as often as {@code duration} allows. What is reported is the last run.
     */
    @Parameter(property = "ipc.repeat")
    Integer repeat;

    /** For how long the scenario is run again and again, with its unit: 30s, 10m, 1h; no run begins later. */
    @Parameter(property = "ipc.duration")
    String duration;

    /**
     * How long the built-in programs hesitate at most before some of their operations, as the seed will have it, with
     * its unit: 200us, 1ms; not at all by default.
     */
    @Parameter(property = "ipc.jitter")
    String jitter;

    /**
     * JDKs, as in {@code producer.jdk}. The scenario runs for each pair of them, the first one's producers against the
     * second one's consumers, and each of these cells has its own result.
     */
    @Parameter(property = "ipc.jdks")
    List<String> jdks;

    /**
     * Ways to run the JVMs, a cell for each: {@code default}, {@code interpreted}, {@code c1}, {@code c2}, or options
     * such as {@code -XX:+UseZGC}.
     */
    @Parameter(property = "ipc.jvmModes")
    List<String> jvmModes;

    /** The name of the only cell that is to run, as it stands in brackets after the scenario's; all by default. */
    @Parameter(property = "ipc.cell")
    String cell;

    AbstractRunMojo(Goal goal, ToolchainManager toolchains) {
        super(goal, toolchains);
    }

    @Override
    final void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        List<Cell> cells = Matrix.cells(jdks, jvmModes, cell, jdks());
        requireOneJdk(Role.PRODUCER, producer);
        requireOneJdk(Role.CONSUMER, consumer);
        Turn turn = Turn.take(layout(), goal, execution.getExecutionId());
        try {
            run(cells);
        } finally {
            turn.close();
        }
    }

    private void run(List<Cell> cells)
            throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        if (cell == null || cell.isBlank()) {
            ScenarioExecution.forget(goal, execution.getExecutionId(), layout(), reportsDirectory.toPath());
        }
        Failures failures = new Failures();
        for (Cell one : cells) {
            runRepeatedly(one, failures);
        }
        if (isSeenNowOrNever()) {
            failures.throwIfAny();
        }
    }

    private void requireOneJdk(Role role, Program program) {
        if (jdks != null && !jdks.isEmpty() && program != null && program.hasJdk()) {
            throw new InvalidScenarioException("give ipc.jdks or " + role + ".jdk, not both: ipc.jdks are " + jdks);
        }
    }

    private Scenario scenario(Cell one, long seed) {
        return scenario()
                .cell(one.name())
                .producer(one.apply(Role.PRODUCER, program(Role.PRODUCER)))
                .consumer(one.apply(Role.CONSUMER, program(Role.CONSUMER)))
                .jitter(jitter)
                .seed(seed)
                .build();
    }

    private void runRepeatedly(Cell one, Failures failures) throws IOException, InterruptedException {
        Repetition repetition = Repetition.parse(repeat, duration);
        long seed = firstSeed();
        long start = System.nanoTime();
        for (int run = 1; ; run++, seed++) {
            Scenario scenario = scenario(one, seed);
            ScenarioExecution execution = execution(scenario, run);
            if (!repetition.isOnce()) {
                getLog().info(ConsoleReport.run(scenario, run, repetition.times()));
            }
            ScenarioResult result = execution.run();
            failures.add(execution, result);
            if (!result.passed() || !repetition.goesOn(run, Duration.ofNanos(System.nanoTime() - start))) {
                if (result.passed() && !repetition.isOnce()) {
                    getLog().info(ConsoleReport.passedAll(result));
                }
                return;
            }
        }
    }
}
