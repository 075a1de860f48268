package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ipcharness.maven.scenario.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.Toolchain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioMojoTest {

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void configure() throws IOException {
        build = new Build(directory).configured("orders", "queue", "verify");
    }

    @Test
    void aScenarioThatPassesSaysSoAndLeavesItsSummaryAndReport() throws Exception {
        build.queue("orders", "right").execute();

        assertThat(build.console.get(0))
                .startsWith("[INFO] queue orders: 1 producer (")
                .endsWith("Recorded), 1 consumer (sh)");
        assertThat(build.console)
                .anyMatch(line -> line.startsWith("[INFO]   producer-0  pid "))
                .anyMatch(line -> line.startsWith("[INFO]   queue orders: 6 operations judged, by: "))
                .last()
                .asString()
                .startsWith("[INFO]   PASSED in ");
        assertThat(build.summary("queue-orders")).content().contains("\"outcome\" : \"PASSED\"");
        assertThat(build.report("queue.orders")).exists();
        assertThat(directory.resolve("target/ipc/runs/queue-orders/histories")).isNotEmptyDirectory();
    }

    /** Their histories would lie in one directory, and be judged as one run. */
    @Test
    void twoBuildsOfOneCheckoutDoNotRunAScenarioAtOnce() throws Exception {
        build.queue("orders", "right").execute();
        Path histories = directory.resolve("target/ipc/runs/queue-orders/histories");

        try (Turn turn = Turn.take(new Layout(directory.resolve("target")), Goal.QUEUE, "orders")) {
            assertThat(turn).isNotNull();
            assertThatThrownBy(() -> build.queue("orders", "right").execute())
                    .isInstanceOf(MojoExecutionException.class)
                    .hasMessage("another build runs queue orders in " + directory.resolve("target/ipc")
                            + " at this moment: two builds at once need a checkout each");
            assertThat(histories).isNotEmptyDirectory();
        }
        build.queue("orders", "right").execute();
    }

    @Test
    void inALifecycleAFailureIsKeptForVerify() throws Exception {
        build.queue("orders", "twice").execute();

        assertThat(build.console)
                .anyMatch(line -> line.startsWith("[ERROR]   FAILED: ") && line.contains("orders"))
                .anyMatch(line -> line.equals("[ERROR]     repeat: mvn test-compile ipc:queue@orders"))
                .noneMatch(line -> line.contains("PASSED"));
        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("queue orders: ")
                .hasMessageContaining("repeat: mvn test-compile ipc:queue@orders");
    }

    @Test
    void fromTheCommandLineAFailureIsThrownAtOnceAndToldOnce() {
        QueueMojo mojo = build.fromCommandLine().queue("orders", "twice");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("queue orders: ")
                .hasMessageContaining("histories and logs: " + directory.resolve("target/ipc/runs/queue-orders"));
        assertThat(build.console).noneMatch(line -> line.startsWith("[ERROR]"));
        assertThat(build.summary("queue-orders")).exists();
    }

    @Test
    void aFailureThatNoVerifyWouldSeeIsThrownAtOnce() throws IOException {
        QueueMojo mojo = new Build(directory).configured("orders", "queue").queue("orders", "twice");

        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
    }

    @Test
    void whatCannotBeDecidedIsAnErrorUnlessTheUserToleratesIt() throws Exception {
        QueueMojo strict = build.fromCommandLine().queue("orders", "nothing");
        assertThatThrownBy(strict::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("nothing was recorded");

        QueueMojo tolerant = build.queue("orders", "nothing");
        tolerant.failOnUnknown = false;
        tolerant.execute();
        assertThat(build.console)
                .anyMatch(line -> line.startsWith("[WARNING]   unknown, and tolerated: nothing was recorded"));
    }

    @Test
    void whatStoodThereBeforeIsGoneEvenIfTheRunDoesNotBegin() throws Exception {
        build.queue("orders", "right").execute();
        QueueMojo mojo = build.queue("orders", "right");
        mojo.producer.setMainClass("com.acme.Missing");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("producer.mainClass must be on the class path")
                .hasMessageEndingWith("com.acme.Missing");
        assertThat(build.summary("queue-orders")).doesNotExist();
        assertThat(build.report("queue.orders")).doesNotExist();
    }

    @Test
    void aCommandThatCannotBeStartedIsAnErrorForVerify() throws Exception {
        QueueMojo mojo = build.queue("orders", "right");
        mojo.consumer.setCommand(List.of("no-such-program"));

        mojo.execute();

        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("consumer-0 could not be started");
    }

    @Test
    void aRunThatPassedNeedNotBeKept() throws Exception {
        QueueMojo mojo = build.queue("orders", "right");
        mojo.keepRuns = false;

        mojo.execute();

        assertThat(directory.resolve("target/ipc/runs/queue-orders")).doesNotExist();
    }

    @Test
    void wrongParametersAreNamed() {
        QueueMojo guarantee = build.queue("orders", "right");
        guarantee.guarantee = "fifo";
        QueueMojo scope = build.queue("orders", "right");
        scope.classpathScope = "system";
        QueueMojo name = build.queue("a/b", "right");

        assertThatThrownBy(guarantee::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ipc.guarantee must be linearizable, producerOrder or unordered: fifo");
        assertThatThrownBy(scope::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ipc.classpathScope must be test, runtime or compile: system");
        assertThatThrownBy(name::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageEndingWith(": a/b");
    }

    @Test
    void eachWayToSkipIsNamedAndNothingRuns() throws Exception {
        QueueMojo skip = build.queue("orders", "twice");
        skip.skip = true;
        QueueMojo skipITs = build.queue("orders", "twice");
        skipITs.skipITs = true;
        QueueMojo skipAllTests = build.queue("orders", "twice");
        skipAllTests.skipAllTests = true;

        skip.execute();
        skipITs.execute();
        skipAllTests.execute();

        assertThat(build.console)
                .containsExactly(
                        "[INFO] queue orders: skipped (ipc.skip)",
                        "[INFO] queue orders: skipped (skipITs)",
                        "[INFO] queue orders: skipped (maven.test.skip)");
        assertThat(directory.resolve("target/ipc/runs")).doesNotExist();
        build.verify().execute();
        assertThat(build.console).last().asString().endsWith("1 scenario skipped");
    }

    @Test
    void theToolchainsJavaRunsMainClassesUnlessTheUserNamesOne() throws Exception {
        Toolchain toolchain = mock(Toolchain.class);
        when(build.toolchains.getToolchainFromBuildContext("jdk", build.session))
                .thenReturn(toolchain);
        when(toolchain.findTool("java")).thenReturn(javaThatSays("toolchain").toString());

        build.queue("orders", "right").execute();
        assertThat(build.console).contains("[INFO] [producer-0] toolchain");

        build.console.clear();
        QueueMojo mojo = build.queue("orders", "right");
        mojo.jvm = javaThatSays("chosen").toFile();
        mojo.execute();
        assertThat(build.console)
                .contains("[INFO] [producer-0] chosen")
                .doesNotContain("[INFO] [producer-0] toolchain");

        mojo.jvm = directory.toFile();
        assertThatThrownBy(mojo::execute).hasMessage("ipc.jvm must be the path of a java program: " + directory);
    }

    private Path javaThatSays(String word) throws IOException {
        Path script = directory.resolve("java-" + word);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(script, "#!/bin/sh\necho " + word + "\nexec '" + java + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void theCommandToRepeatItNamesThePluginInFullWhereThePomDoesNotHaveIt() throws Exception {
        build.project.getBuild().setPlugins(List.of());
        build.project.getBuild().flushPluginMap();

        assertThatThrownBy(() ->
                        build.fromCommandLine().queue("default-cli", "twice").execute())
                .hasMessageContaining("repeat: mvn test-compile io.github.ipcharness:ipc-maven-plugin:1.0:queue");
    }
}
