package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepetitionTest {

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void configure() throws IOException {
        build = new Build(directory).configured("again", "queue", "verify");
    }

    private QueueMojo builtIn() {
        return build.builtIn(new QueueMojo(build.toolchains), "again");
    }

    private List<String> linesWith(String part) {
        return build.console.stream().filter(line -> line.contains(part)).toList();
    }

    @Test
    void eachRunHasTheNextSeed() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.repeat = 3;
        mojo.seed = 41L;

        mojo.execute();

        assertThat(linesWith("ipc.seed"))
                .containsExactly(
                        "[INFO]   run 1 of 3, ipc.seed 41",
                        "[INFO]   run 2 of 3, ipc.seed 42",
                        "[INFO]   run 3 of 3, ipc.seed 43");
        assertThat(linesWith("queue again: ")).hasSize(1);
        assertThat(linesWith("producer-0  pid")).hasSize(1);
        assertThat(build.console).last().isEqualTo("[INFO]   PASSED in all of 3 runs");
        assertThat(Files.readString(build.summary("queue-again"))).contains("\"runs\" : 3", "\"PASSED\"");
        assertThat(Files.readString(build.report("queue.again"))).contains("name=\"ipc.runs\" value=\"3\"");
    }

    @Test
    void timeIsABudgetToo() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.duration = "1ms";
        mojo.execute();
        assertThat(build.console).last().isEqualTo("[INFO]   PASSED in all of 1 run");

        build.console.clear();
        mojo.duration = "1h";
        mojo.repeat = 2;
        mojo.execute();
        assertThat(build.console).last().isEqualTo("[INFO]   PASSED in all of 2 runs");
    }

    @Test
    void theFirstRunThatDoesNotPassIsTheLastAndItsSeedRepeatsIt() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.repeat = 100;
        mojo.seed = 7L;
        DefaultPlexusConfiguration kill = new DefaultPlexusConfiguration("kill");
        kill.addChild("role", "producer");
        kill.addChild("afterMessages", "1000");
        mojo.faults = new DefaultPlexusConfiguration("faults");
        mojo.faults.addChild(kill);

        mojo.execute();

        assertThat(linesWith("ipc.seed"))
                .containsExactly(
                        "[INFO]   run 1 of 100, ipc.seed 7",
                        "[ERROR]     repeat: mvn test-compile ipc:queue@again -Dipc.seed=7");
        assertThat(Files.readString(build.summary("queue-again"))).contains("\"runs\" : 1", "\"ERROR\"");
    }

    @Test
    void whatTheUserSaidOnTheCommandLineIsRepeated() {
        build.commandLine.setProperty("ipc.messages", "5");
        build.commandLine.setProperty("ipc.repeat", "9");
        build.commandLine.setProperty("other", "x");
        QueueMojo mojo = build.fromCommandLine().queue("again", "twice");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageEndingWith("repeat: mvn test-compile ipc:queue@again -Dipc.messages=5");
    }

    @Test
    void jitterReachesTheProgramsAndIsNoFailure() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.jitter = "200us";
        mojo.execute();

        assertThat(build.console).last().asString().startsWith("[INFO]   PASSED");
        assertThat(Files.readString(directory.resolve("target/ipc/runs/queue-again/exits.json")))
                .contains("IPC_JITTER=200000");
    }

    @Test
    void numbersOutsideTheirLimitsAreRefused() {
        QueueMojo never = builtIn();
        never.repeat = 0;
        QueueMojo unitless = builtIn();
        unitless.duration = "10";
        QueueMojo shaking = builtIn();
        shaking.jitter = "much";

        assertThatThrownBy(never::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ipc.repeat must be from 1 to 1000000: 0");
        assertThatThrownBy(unitless::execute)
                .hasMessage("ipc.duration must be a whole number with its unit (500ms, 60s, 2m, 1h): 10");
        assertThatThrownBy(shaking::execute)
                .hasMessage("ipc.jitter must be a whole number with its unit (500ms, 60s, 2m, 1h): much");
    }

    @Test
    void aBudgetWithoutANumberHasNoOtherEnd() {
        Repetition hour = Repetition.parse(null, "1h");

        assertThat(hour.goesOn(1_000_000, Duration.ofMinutes(59))).isTrue();
        assertThat(hour.goesOn(1, Duration.ofHours(1))).isFalse();
        assertThat(Repetition.parse(null, null).goesOn(1, Duration.ZERO)).isFalse();
    }
}
