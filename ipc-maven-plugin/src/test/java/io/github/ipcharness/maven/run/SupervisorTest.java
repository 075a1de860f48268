package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.run.programs.Runner;
import io.github.ipcharness.maven.run.programs.Starter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a run's processes when Maven does not get to end them. */
class SupervisorTest {

    /** Two processes, of which one is in a session of its own; says its namespace and both process ids. */
    private static final String SCRIPT = "setsid sleep 1000 & echo pids $IPC_HOME $$ $!; while :; do sleep 1000; done";

    @TempDir
    Path directory;

    @Test
    void aKillOfMavenEndsAllItsProcesses() throws Exception {
        endsWith("-9");
    }

    @Test
    void anEndOfMavenEndsAllItsProcesses() throws Exception {
        endsWith("-15");
    }

    @Test
    void aKillOfMavenEndsWhatLivesInTheBackground() throws Exception {
        Process maven = start(Starter.class, "go on");
        String[] words = awaitPids(maven);

        kill("-9", maven);

        isOver(maven, words);
    }

    @Test
    void anEndOfMavenEndsWhatNobodyStopped() throws Exception {
        Process maven = start(Starter.class, "end");

        isOver(maven, awaitPids(maven));
    }

    private void endsWith(String signal) throws Exception {
        Process maven = start(Runner.class);
        String[] words = awaitPids(maven);
        assertThat(Path.of(words[2])).isDirectory();

        kill(signal, maven);

        isOver(maven, words);
    }

    private static void kill(String signal, Process maven) throws Exception {
        new ProcessBuilder("kill", signal, Long.toString(maven.pid())).start().waitFor();
    }

    private static void isOver(Process maven, String[] words) throws Exception {
        Path home = Path.of(words[2]);
        Eventually.isDead(maven.pid());
        Eventually.isDead(Long.parseLong(words[3]));
        Eventually.isDead(Long.parseLong(words[4]));
        Eventually.holds("the namespace is deleted", () -> !Files.exists(home));
        Eventually.holds(
                "all have ended, the supervisor too",
                () -> ProcessHandle.allProcesses()
                        .noneMatch(process -> process.info()
                                .commandLine()
                                .map(line -> line.contains(home.toString()))
                                .orElse(false)));
    }

    private Process start(Class<?> program, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Jvm.own().java().toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                directory.toString(),
                SCRIPT));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    }

    private static String[] awaitPids(Process maven) throws IOException {
        return awaitLine(maven, "[producer-0] pids").split(" ");
    }

    private static String awaitLine(Process process, String start) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream()));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(start)) {
                return line;
            }
        }
        throw new IOException("it ended without saying " + start);
    }
}
