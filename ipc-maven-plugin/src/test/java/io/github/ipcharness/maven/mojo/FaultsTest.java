package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.maven.scenario.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, real signals: the built-in programs, struck in the middle of their work. */
class FaultsTest {

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void configure() throws IOException {
        build = new Build(directory).configured("struck", "queue", "verify");
    }

    private static PlexusConfiguration faults(PlexusConfiguration... faults) {
        PlexusConfiguration all = new DefaultPlexusConfiguration("faults");
        for (PlexusConfiguration fault : faults) {
            all.addChild(fault);
        }
        return all;
    }

    /** @param parameters pairs of name and value */
    private static PlexusConfiguration fault(String name, String... parameters) {
        PlexusConfiguration fault = new DefaultPlexusConfiguration(name);
        for (int i = 0; i < parameters.length; i += 2) {
            fault.addChild(parameters[i], parameters[i + 1]);
        }
        return fault;
    }

    private AbstractScenarioMojo goal(String goal) {
        AbstractScenarioMojo mojo = switch (Goal.valueOf(goal)) {
            case QUEUE -> new QueueMojo(build.toolchains);
            case PIPE -> new PipeMojo(build.toolchains);
            case VALUE -> new ValueMojo(build.toolchains);
            case START -> throw new AssertionError("no goal with faults: " + goal);
        };
        build.builtIn(mojo, "struck").messages = 4_000;
        return mojo;
    }

    private void run(AbstractScenarioMojo mojo, PlexusConfiguration... faults) throws Exception {
        mojo.faults = faults(faults);
        mojo.execute();
    }

    private void assertPassed() {
        assertThat(build.console).last().asString().startsWith("[INFO]   PASSED in ");
    }

    private void assertLanded(String fault) {
        assertThat(build.console).anyMatch(line -> line.startsWith("[INFO]   fault: " + fault + " landed "));
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUE, producer",
        "QUEUE, consumer",
        "PIPE, producer",
        "PIPE, consumer",
        "VALUE, producer",
        "VALUE, consumer"
    })
    void whoIsLeftGoesOnToTheEndAndTheKillIsNoFailure(String goal, String role) throws Exception {
        run(goal(goal), fault("kill", "role", role, "afterMessages", "1000"));

        assertLanded("kill " + role + "-0 after 1,000 messages");
        assertThat(build.console)
                .anyMatch(line -> line.matches("\\[INFO\\]   " + role + "-0 +pid \\d+ +SIGKILL, by a fault .*"));
        assertPassed();
    }

    @ParameterizedTest
    @CsvSource({"QUEUE, producer", "QUEUE, consumer", "VALUE, producer", "VALUE, consumer"})
    void whatWasKilledIsStartedAgain(String goal, String role) throws Exception {
        run(goal(goal), fault("restart", "role", role, "after", "20ms"));

        assertLanded("restart " + role + "-0 after 20 ms");
        assertThat(build.console).anyMatch(line -> line.matches("\\[INFO\\]   " + role + "-0#2 +pid \\d+ +exit 0 .*"));
        assertPassed();
    }

    @ParameterizedTest
    @CsvSource({"QUEUE", "PIPE", "VALUE"})
    void whatWasPausedGoesOn(String goal) throws Exception {
        run(goal(goal), fault("pause", "role", "consumer", "afterMessages", "1000", "duration", "100ms"));

        assertLanded("pause consumer-0 for 100 ms after 1,000 messages");
        assertPassed();
    }

    @Test
    void severalFaultsMeetOneRun() throws Exception {
        AbstractScenarioMojo mojo = goal("QUEUE");
        mojo.producer = new Program();
        mojo.producer.setCount(2);
        mojo.consumer = new Program();
        mojo.consumer.setCount(2);
        run(
                mojo,
                fault("kill", "role", "producer", "process", "1", "afterMessages", "500"),
                fault("pause", "role", "producer", "process", "0", "afterMessages", "700", "duration", "50ms"),
                fault("restart", "role", "consumer", "process", "0", "after", "30ms"),
                fault("starve", "process", "1", "after", "10ms", "duration", "100ms"));

        assertLanded("kill producer-1 after 500 messages");
        assertLanded("pause producer-0 for 50 ms after 700 messages");
        assertLanded("restart consumer-0 after 30 ms");
        assertLanded("starve every core for 100 ms after 10 ms of producer-1");
        assertPassed();
    }

    @Test
    void aSlowProgramIsSlow() throws Exception {
        AbstractScenarioMojo mojo = goal("QUEUE");
        mojo.messages = 100;
        run(mojo, fault("slow", "role", "consumer", "delay", "1ms"));

        assertLanded("slow consumer-0 by 1 ms");
        assertPassed();
    }

    @Test
    void whatIsDrawnIsSaidWithItsSeedAndComesAgain() throws Exception {
        AbstractScenarioMojo mojo = goal("QUEUE");
        mojo.seed = 4711L;
        run(mojo, fault("kill", "role", "producer"));

        String drawn = build.console.stream()
                .filter(line -> line.contains(", as drawn from ipc.seed 4711"))
                .findFirst()
                .orElseThrow();
        build.console.clear();
        mojo.execute();
        assertThat(build.console).contains(drawn);
        assertPassed();
    }

    @Test
    void aFaultThatComesTooLateLeavesTheRunUndecided() throws Exception {
        run(goal("QUEUE"), fault("kill", "role", "producer", "afterMessages", "5000"));

        String sentence =
                "kill producer-0 after 5,000 messages did not land:" + " producer-0 had ended, after 4,000 messages";
        assertThat(build.console).contains("[ERROR]   UNKNOWN: " + sentence);
        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("queue struck: " + sentence)
                .hasMessageContaining("repeat: mvn test-compile ipc:queue@struck -Dipc.seed=");
        assertThat(Files.readString(build.report("queue.struck")))
                .contains(
                        "<testcase classname=\"ipc.queue.struck\" name=\"fault: kill producer-0 after 5,000 messages\"")
                .contains("<error message=\"" + sentence);
        assertThat(Files.readString(build.summary("queue-struck"))).contains("\"faults\" : [ \"" + sentence + "\" ]");
    }

    @Test
    void whereItLandedStandsInTheSummaryAndTheReport() throws Exception {
        run(goal("QUEUE"), fault("kill", "role", "producer", "afterMessages", "1000"));

        assertThat(Files.readString(build.summary("queue-struck")))
                .contains("\"kill producer-0 after 1,000 messages landed ");
        assertThat(Files.readString(build.report("queue.struck")))
                .contains("value=\"kill producer-0 after 1,000 messages landed ");
    }

    @Test
    void aProgramThatMissedItsRestartIsStartedAllTheSame() throws Exception {
        run(goal("QUEUE"), fault("restart", "role", "producer", "afterMessages", "5000"));

        assertThat(build.console)
                .anyMatch(line -> line.startsWith("[ERROR]   UNKNOWN: restart producer-0 after 5,000 messages did not"))
                .anyMatch(line -> line.matches("\\[INFO\\]   producer-0#2 +pid \\d+ +exit 0 .*"))
                .noneMatch(line -> line.contains("FAILED"));
    }

    @Test
    void textIsNoFault() {
        AbstractScenarioMojo mojo = goal("QUEUE");
        mojo.faults = new DefaultPlexusConfiguration("faults", "kill");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("faults must hold elements such as <kill><role>producer</role></kill>: kill");
        assertThat(List.of(directory.resolve("target/ipc/runs").toFile().exists()))
                .containsExactly(false);
    }
}
