package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartStopMojoTest {

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void configure() throws IOException {
        build = new Build(directory).configured("shop", "start", "stop", "verify");
    }

    private Properties properties() {
        return build.project.getProperties();
    }

    private Properties toldTo(String plugin) throws IOException {
        Properties told = new Properties();
        try (InputStream in =
                Files.newInputStream(directory.resolve(properties().getProperty(plugin + ".systemPropertiesFile")))) {
            told.load(in);
        }
        return told;
    }

    @Test
    void theProcessesLiveFromStartToStopAndAreJudgedThen() throws Exception {
        build.start("shop", "right").execute();

        assertThat(build.console)
                .anyMatch(line -> line.startsWith("[INFO] start shop: 1 producer ("))
                .anyMatch(line -> line.matches("\\[INFO\\]   producer-0  pid \\d+  ready after .* s"));
        Path home = Path.of(properties().getProperty("ipc.home"));
        assertThat(home).isDirectory();
        assertThat(toldTo("failsafe"))
                .containsEntry("ipc.home", home.toString())
                .containsEntry("ipc.role", "test");
        assertThat(toldTo("surefire")).containsEntry("ipc.home", home.toString());
        assertThat(properties()).doesNotContainKey("argLine");
        assertThat(build.summary("start-shop")).doesNotExist();

        build.stop("shop").execute();
        build.verify().execute();

        assertThat(home).doesNotExist();
        assertThat(properties()).isEmpty();
        assertThat(build.summary("start-shop")).content().contains("\"outcome\" : \"PASSED\"");
        assertThat(build.report("start.shop")).exists();
        assertThat(build.console).last().isEqualTo("[INFO] 1 scenario passed, 6 operations judged");
    }

    @Test
    void aViolationThatIsFoundAtStopIsKeptForVerify() throws Exception {
        build.start("shop", "twice").execute();
        build.stop("shop").execute();

        assertThat(build.console).anyMatch(line -> line.startsWith("[ERROR]   FAILED: "));
        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("start shop: ")
                .hasMessageContaining("repeat: mvn verify");
    }

    @Test
    void aViolationThatNoVerifyWouldSeeIsThrownAtStop() throws Exception {
        build = new Build(directory).configured("shop", "start", "stop");
        build.start("shop", "twice").execute();

        assertThatThrownBy(() -> build.stop("shop").execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("start shop: ");
        assertThat(build.console).noneMatch(line -> line.startsWith("[ERROR]"));
    }

    @Test
    void whoeverIsNotReadyFailsTheBuildBeforeTheTests() throws Exception {
        StartMojo start = build.start("shop", "right");
        start.producer.setMainClass(null);
        start.producer.setArguments(List.of());
        start.producer.setCommand(List.of("sh", "-c", "echo no price list >&2; exit 3"));

        assertThatThrownBy(start::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("start shop: producer-0 ended with exit code 3 before it was ready: ")
                .hasMessageContaining("no price list");
        assertThat(build.console).noneMatch(line -> line.startsWith("[ERROR]"));
        assertThat(build.report("start.shop")).exists();
        assertThat(properties()).isEmpty();
        assertThatThrownBy(() -> build.stop("shop").execute()).hasMessageStartingWith("ipc:stop has nothing to stop: ");
    }

    @Test
    void nothingIsStartedThatNobodyStops() throws Exception {
        build = new Build(directory).configured("shop", "start", "verify");

        assertThatThrownBy(() -> build.start("shop", "right").execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("nobody would stop what ipc:start starts: add the goal stop to the plugin's executions");

        when(build.session.getGoals()).thenReturn(List.of("test-compile", "ipc:start@shop"));
        assertThatThrownBy(() -> build.fromCommandLine().start("shop", "right").execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("nobody would stop what ipc:start starts: name ipc:stop after it");
    }

    @Test
    void aCommandLineThatNamesBothRunsBoth() throws Exception {
        when(build.session.getGoals())
                .thenReturn(List.of("ipc:start@shop", "io.github.ipcharness:ipc-maven-plugin:1.0:stop"));
        build.fromCommandLine();

        build.start("shop", "right").execute();
        build.stop("default-cli").execute();

        assertThat(build.console).last().asString().startsWith("[INFO]   PASSED in ");
    }

    @Test
    void aProjectHasOneAtATime() throws Exception {
        build.start("shop", "right").execute();

        assertThatThrownBy(() -> build.start("other", "right").execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageEndingWith("stop shop before other is started");

        build.stop("shop").execute();
    }

    @Test
    void whatWasSkippedNeedNotBeStopped() throws Exception {
        StartMojo start = build.start("shop", "right");
        start.skip = true;
        start.execute();
        build.stop("shop").execute();
        build.verify().execute();

        assertThat(build.console)
                .containsExactly(
                        "[INFO] start shop: skipped (ipc.skip)",
                        "[INFO] stop: skipped (ipc.skip)",
                        "[INFO] 0 scenarios passed, 0 operations judged, 1 scenario skipped");
    }

    @Test
    void whatWasStartedAndNotStoppedIsMissedByVerify() {
        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("the scenario shop of ipc:start is configured but did not run to its end,"
                        + " or nobody judged it (has ipc:stop run?)");
    }

    @Test
    void theUsersOwnPropertiesStay() throws Exception {
        Files.writeString(directory.resolve("own.properties"), "greeting=hello");
        properties().setProperty("failsafe.systemPropertiesFile", "own.properties");
        properties().setProperty("ipc.home", "/before");

        build.start("shop", "right").execute();
        assertThat(toldTo("failsafe")).containsEntry("greeting", "hello").containsKey("ipc.home");
        build.stop("shop").execute();

        assertThat(properties())
                .containsEntry("failsafe.systemPropertiesFile", "own.properties")
                .containsEntry("ipc.home", "/before")
                .hasSize(2);
    }

    @Test
    void anOldFailsafeIsToldByArgLine() throws Exception {
        Plugin failsafe = new Plugin();
        failsafe.setArtifactId("maven-failsafe-plugin");
        failsafe.setVersion("2.22.2");
        build.project.getBuild().addPlugin(failsafe);
        properties().setProperty("argLine", "-Xmx64m");

        build.start("shop", "right").execute();
        String home = properties().getProperty("ipc.home");
        assertThat(properties())
                .containsEntry("argLine", "-Xmx64m \"-Dipc.home=" + home + "\" -Dipc.role=test")
                .doesNotContainKey("failsafe.systemPropertiesFile");
        properties()
                .setProperty("argLine", "-javaagent:jacoco.jar " + properties().getProperty("argLine"));
        build.stop("shop").execute();

        assertThat(properties()).containsEntry("argLine", "-javaagent:jacoco.jar -Xmx64m");
    }

    @Test
    void wrongParametersAreNamed() {
        StartMojo late = build.start("shop", "right");
        late.readyTimeout = "soon";
        StartMojo graceless = build.start("shop", "right");
        graceless.grace = "0s";

        assertThatThrownBy(late::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ipc.readyTimeout must be a whole number with its unit (500ms, 60s, 2m, 1h): soon");
        assertThatThrownBy(graceless::execute).hasMessage("ipc.grace must be more than nothing: 0s");
    }
}
