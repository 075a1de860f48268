package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However Maven ends, nothing of a scenario is left: no process, no directory in shared memory. */
class KilledMavenIT {

    /** One scenario in the background, one that Maven waits for, whose other side is a built-in program. */
    private static final int SCENARIOS = 2;

    private final List<Path> homes = new ArrayList<>();
    private final List<ProcessHandle> processes = new ArrayList<>();

    /** A kill of Maven alone, a polite end, and what a terminal does at Ctrl-C: SIGINT to all of them at once. */
    @ParameterizedTest
    @CsvSource({"KILL,maven", "TERM,maven", "INT,all"})
    void nothingIsLeft(String signal, String whom) throws Exception {
        Process maven = startMaven();
        awaitScenarios(maven);
        Files.list(Path.of("/proc")).filter(this::belongsToThem).forEach(this::add);
        assertTrue(processes.size() >= 4 * SCENARIOS, "with both supervisors: " + processes);
        assertTrue(homes.stream().allMatch(Files::isDirectory), "both namespaces: " + homes);

        String target = whom.equals("all") ? "-" + maven.pid() : Long.toString(maven.pid());
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, "--", target).start().waitFor());
        long from = System.nanoTime();

        await("the end of Maven", () -> !maven.isAlive());
        await("the end of " + processes, () -> processes.stream().noneMatch(KilledMavenIT::isRunning));
        await("the end of " + homes, () -> homes.stream().noneMatch(Files::exists));
        System.out.printf("%s to %s: nothing left after %d ms%n", signal, whom, (System.nanoTime() - from) / 1_000_000);
    }

    /** In a session, and so a process group, of its own, as a shell would start it. */
    private static Process startMaven() throws IOException {
        List<String> command = new ArrayList<>();
        if (ignoresInterrupts()) {
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.addAll(List.of(
                "setsid",
                Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(),
                "-B",
                System.getProperty("maven.settings"),
                "-Dmaven.repo.local=" + System.getProperty("maven.repository"),
                "-Dipc.version=" + System.getProperty("ipc.version"),
                "verify"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        return builder.directory(Path.of("nested").toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** As what a shell has put into the background does, and all that it starts. */
    private static boolean ignoresInterrupts() {
        return read(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1 << 1) != 0);
    }

    private void awaitScenarios(Process maven) throws IOException {
        BufferedReader output = new BufferedReader(new InputStreamReader(maven.getInputStream()));
        StringBuilder all = new StringBuilder();
        while (homes.size() < SCENARIOS) {
            String line = output.readLine();
            if (line == null) {
                fail("Maven has ended: " + all);
            }
            all.append(line).append('\n');
            int at = line.indexOf("[producer-0] pids ");
            if (at >= 0) {
                String[] words = line.substring(at).split(" ");
                homes.add(Path.of(words[2]));
                Stream.of(words).skip(3).map(Path.of("/proc")::resolve).forEach(this::add);
            }
        }
    }

    private void add(Path process) {
        ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                .filter(handle -> !processes.contains(handle))
                .ifPresent(processes::add);
    }

    /** What has one of the namespaces on its command line: the built-in program, and the supervisors. */
    private boolean belongsToThem(Path process) {
        try {
            return process.getFileName().toString().matches("\\d+")
                    && homes.stream()
                            .anyMatch(home -> read(process.resolve("cmdline")).contains(home.toString()));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A zombie has ended, and waits for a parent that may be in no hurry to bury it. */
    private static boolean isRunning(ProcessHandle process) {
        try {
            String stat = read(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return process.isAlive() && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** With a limit that only a broken program reaches. */
    private static void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                fail("not after a minute: " + what);
            }
            Thread.sleep(5);
        }
    }
}
