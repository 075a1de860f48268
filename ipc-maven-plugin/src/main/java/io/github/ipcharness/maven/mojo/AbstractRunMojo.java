package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.ConsoleReport;
import io.github.ipcharness.maven.report.ScenarioResult;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
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

    AbstractRunMojo(Goal goal, ToolchainManager toolchains) {
        super(goal, toolchains);
    }

    @Override
    final void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        Failures failures = new Failures();
        runRepeatedly(failures);
        if (isSeenNowOrNever()) {
            failures.throwIfAny();
        }
    }

    private void runRepeatedly(Failures failures) throws IOException, InterruptedException {
        Repetition repetition = Repetition.parse(repeat, duration);
        long seed = firstSeed();
        long start = System.nanoTime();
        for (int run = 1; ; run++, seed++) {
            Scenario scenario = scenario().jitter(jitter).seed(seed).build();
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
