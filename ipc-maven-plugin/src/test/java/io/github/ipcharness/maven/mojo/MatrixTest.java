package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ipcharness.maven.mojo.programs.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.Toolchain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixTest {

    private static final String OWN = System.getProperty("java.specification.version");

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void configure() throws IOException {
        build = new Build(directory).configured("cells", "queue", "verify");
    }

    private QueueMojo builtIn() {
        return build.builtIn(new QueueMojo(build.toolchains), "cells");
    }

    /** The home of a JDK whose java says a word before it does what java does. */
    private Path jdkThatSays(String word) throws IOException {
        Path java = Files.createDirectories(directory.resolve("jdk-" + word).resolve("bin"))
                .resolve("java");
        String real = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(java, "#!/bin/sh\necho " + word + "\nexec '" + real + "' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
        return directory.resolve("jdk-" + word);
    }

    private Toolchain toolchain(Path home) {
        Toolchain toolchain = mock(Toolchain.class, "JDK[" + home + "]");
        when(toolchain.findTool("java")).thenReturn(home.resolve("bin/java").toString());
        return toolchain;
    }

    private List<String> results() throws IOException {
        try (var files = Files.list(directory.resolve("target/ipc/summaries"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void eachSideHasTheJdkThatIsSaidOfIt() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.producer = new Program();
        mojo.producer.setJdk(jdkThatSays("old").toString());
        mojo.consumer = new Program();
        mojo.consumer.setJdk("25");
        Toolchain toolchain = toolchain(jdkThatSays("new"));
        when(build.toolchains.getToolchains(build.session, "jdk", Map.of("version", "25")))
                .thenReturn(List.of(toolchain));

        mojo.execute();

        assertThat(build.console).contains("[INFO] [producer-0] old", "[INFO] [consumer-0] new");
        assertThat(build.console).last().asString().startsWith("[INFO]   PASSED");
    }

    @Test
    void eachPairOfJdksHasAResultOfItsOwn() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.jdks = List.of(jdkThatSays("a").toString(), OWN);

        mojo.execute();

        String own = "jdk-a-to-" + OWN;
        assertThat(results())
                .containsExactly(
                        "queue-cells@" + OWN + "-to-" + OWN + ".json",
                        "queue-cells@" + OWN + "-to-jdk-a.json",
                        "queue-cells@" + own + ".json",
                        "queue-cells@jdk-a-to-jdk-a.json");
        assertThat(build.console)
                .contains(
                        "[INFO] queue cells [" + own + "]: 1 producer (built-in), 1 consumer (built-in), 100 messages");
        assertThat(build.report("queue.cells@" + own))
                .content()
                .contains("name=\"ipc.queue.cells@" + own + "\"", "name=\"ipc.cell\" value=\"" + own + "\"");
        assertThat(directory.resolve("target/ipc/runs/queue-cells@" + own + "/histories"))
                .isNotEmptyDirectory();
        build.verify().execute();
        assertThat(build.console).last().asString().startsWith("[INFO] 4 scenarios passed");
    }

    @Test
    void eachModeIsACellToo() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.jvmModes = List.of("interpreted", "-XX:+UseParallelGC -Xmx64m");

        mojo.execute();

        assertThat(results())
                .containsExactly("queue-cells@XX_UseParallelGC_Xmx64m.json", "queue-cells@interpreted.json");
        assertThat(Files.readString(directory.resolve("target/ipc/runs/queue-cells@interpreted/exits.json")))
                .contains(" -Xint ")
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void aCellThatFailsLeavesTheOthersTheirResultsAndIsRepeatedAlone() throws Exception {
        QueueMojo mojo = build.fromCommandLine().queue("cells", "twice");
        mojo.consumer = new Program();
        mojo.consumer.setMainClass(Recorded.class.getName());
        mojo.consumer.setArguments(List.of("nothing"));
        mojo.jvmModes = List.of("default", "c1");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("queue cells [default]: ")
                .hasMessageContaining("queue cells [c1]: ")
                .hasMessageContaining("repeat: mvn test-compile ipc:queue@cells")
                .hasMessageContaining(" -Dipc.cell=c1");
        assertThat(results()).containsExactly("queue-cells@c1.json", "queue-cells@default.json");

        mojo.cell = "c1";
        assertThatThrownBy(mojo::execute)
                .hasMessageContaining("queue cells [c1]: ")
                .hasMessageNotContaining("[default]");
        assertThat(results()).hasSize(2);
    }

    @Test
    void whatAnEarlierMatrixLeftIsGone() throws Exception {
        QueueMojo mojo = builtIn();
        mojo.jvmModes = List.of("default", "c1");
        mojo.execute();
        mojo.jvmModes = null;
        mojo.execute();

        assertThat(results()).containsExactly("queue-cells.json");
        assertThat(build.report("queue.cells@c1")).doesNotExist();
        assertThat(directory.resolve("target/ipc/runs/queue-cells@c1")).doesNotExist();
    }

    @Test
    void aJdkThatIsNotThereIsNamedWithThoseThatAre() throws Exception {
        Toolchain seventeen = toolchain(jdkThatSays("17"));
        when(build.toolchains.getToolchains(build.session, "jdk", Map.of())).thenReturn(List.of(seventeen));
        QueueMojo version = builtIn();
        version.jdks = List.of("6");
        QueueMojo home = builtIn();
        home.producer = new Program();
        home.producer.setJdk("/nowhere/jdk");

        assertThatThrownBy(version::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("ipc.jdks must be the home of a JDK, or fit one of Maven's jdk toolchains (there are [JDK["
                        + directory.resolve("jdk-17") + "]], and Maven runs on " + OWN + "): 6");
        assertThatThrownBy(home::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("producer.jdk must be the home of a JDK, which has a bin/java: /nowhere/jdk");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        QueueMojo mode = builtIn();
        mode.jvmModes = List.of("fast");
        QueueMojo twice = builtIn();
        twice.jdks = List.of(OWN, OWN);
        QueueMojo both = builtIn();
        both.jdks = List.of(OWN);
        both.producer = new Program();
        both.producer.setJdk(OWN);
        QueueMojo other = builtIn();
        other.jvmModes = List.of("c1", "c2");
        other.cell = "c3";
        QueueMojo command = build.queue("cells", "right");
        command.jdks = List.of(OWN);

        assertThatThrownBy(mode::execute)
                .hasMessage("ipc.jvmModes must be of default, interpreted, c1, c2,"
                        + " or JVM options such as -XX:+UseZGC: fast");
        assertThatThrownBy(twice::execute).hasMessage("ipc.jdks must have different names, and two are called " + OWN);
        assertThatThrownBy(both::execute)
                .hasMessage("give ipc.jdks or producer.jdk, not both: ipc.jdks are [" + OWN + "]");
        assertThatThrownBy(other::execute).hasMessage("ipc.cell must be one of c1, c2: c3");
        assertThatThrownBy(command::execute)
                .hasMessageStartingWith("consumer.jdk is for a mainClass, a command chooses its own JVM: ");
    }
}
