package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.run.programs.Runner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private void endsWith(String signal) throws Exception {
        Process maven = startRunner();
        String[] words = awaitLine(maven, "[producer-0] pids").split(" ");
        Path home = Path.of(words[2]);
        assertThat(home).isDirectory();

        new ProcessBuilder("kill", signal, Long.toString(maven.pid())).start().waitFor();

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

    private Process startRunner() throws IOException {
        return new ProcessBuilder(
                        Jvm.own().java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Runner.class.getName(),
                        directory.toString(),
                        SCRIPT)
                .redirectError(Redirect.INHERIT)
                .start();
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
