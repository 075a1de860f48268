package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Starts producer and consumer processes that live on while the integration tests run; ipc:stop ends them and judges what
 * they and the tests did together.
 *
 * <p>The tests of Failsafe meet them without further configuration: {@code Ipc.open()} opens the same namespace. Other
 * plugins find it in the project property {@code ipc.home}. A program that is not named does not run, since the tests may
 * play its part; with none there is only the namespace.
 */
@Mojo(
        name = "start",
        defaultPhase = LifecyclePhase.PRE_INTEGRATION_TEST,
        requiresDependencyResolution = ResolutionScope.TEST,
        threadSafe = true)
public class StartMojo extends AbstractScenarioMojo {

    /**
     * How long it may take until all processes are ready, with its unit: 500ms, 60s, 2m, 1h. A process without a {@code
     * readyWhen} is ready at once.
     */
    @Parameter(property = "ipc.readyTimeout", defaultValue = "60s")
    String readyTimeout;

    /** How long a process may take to end after SIGTERM before it is killed, with its unit: 500ms, 60s, 2m, 1h. */
    @Parameter(property = "ipc.grace", defaultValue = "10s")
    String grace;

    @Inject
    public StartMojo(ToolchainManager toolchains) {
        super(Goal.START, toolchains);
    }

    @Override
    void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException {
        ScenarioExecution execution = execution(scenario().seed(firstSeed()).build(), 1);
        requireStop();
        refuseFaults(execution.scenario());
        Duration patience = Durations.parse("ipc.readyTimeout", readyTimeout);
        Background background = new Background(execution, Durations.parse("ipc.grace", grace));
        Slot slot = slot();
        slot.requireFree(execution.scenario().id());
        if (background.start(patience, new TestProperties(project, layout().tests()))) {
            slot.put(background);
        } else {
            // The tests would only fail for the same reason, and less clearly.
            execution.requirePassed(background.stop(false));
        }
    }

    /** The time of a fault counts from the first operation, and here nobody can say when the tests begin. */
    private static void refuseFaults(Scenario scenario) {
        if (!scenario.faults().isEmpty()) {
            throw new InvalidScenarioException("faults are for the goals queue, pipe and value, not for start: "
                    + scenario.faults().get(0));
        }
    }

    private void requireStop() throws MojoExecutionException {
        boolean called =
                session.getGoals().stream().anyMatch(word -> configured().isCall(word, "stop"));
        if (!called && (isFromCommandLine() || !configured().hasStop())) {
            throw new MojoExecutionException("nobody would stop what ipc:start starts: "
                    + (isFromCommandLine()
                            ? "name ipc:stop after it in the same command, or bind both to a build"
                            : "add the goal stop to the plugin's executions"));
        }
    }

    @Override
    void skip(String because) throws IOException {
        super.skip(because);
        slot().putSkipped(because);
    }
}
