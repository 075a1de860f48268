package io.github.ipcharness.maven.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Signals that the JDK does not send: stop and continue. */
final class Signals {

    private static final Path PROC = Path.of("/proc");
    private static final int PATIENCE_SECONDS = 10;

    private Signals() {}

    /**
     * Stops the processes, and returns once none of their threads runs.
     *
     * @return false if one of them ended meanwhile
     */
    static boolean stop(Collection<Long> pids) throws IOException, InterruptedException {
        send("STOP", pids);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!pids.stream().allMatch(Signals::isStopped)) {
            if (pids.stream().anyMatch(pid -> ProcessHandle.of(pid).isEmpty())) {
                return false;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("processes " + pids + " have not stopped after SIGSTOP");
            }
            Thread.sleep(1);
        }
        return true;
    }

    static void proceed(Collection<Long> pids) throws IOException, InterruptedException {
        send("CONT", pids);
    }

    /** SIGQUIT, upon which a JVM tells of its threads. */
    static void quit(long pid) throws IOException, InterruptedException {
        send("QUIT", List.of(pid));
    }

    /** The shell's own kill: a system need not have the program. */
    private static void send(String signal, Collection<Long> pids) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -" + signal + " \"$@\"", "kill"));
        pids.forEach(pid -> command.add(pid.toString()));
        Process kill = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            kill.destroyForcibly();
            throw new IOException("no answer from " + command);
        }
    }

    /** The kernel stops thread by thread. Where it does not show them, the signal has to be trusted. */
    private static boolean isStopped(long pid) {
        Path tasks = PROC.resolve(Long.toString(pid)).resolve("task");
        if (!Files.isDirectory(PROC.resolve("self"))) {
            return true;
        }
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
            for (Path thread : threads) {
                if (!isStopped(thread.resolve("stat"))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isStopped(Path stat) throws IOException {
        String text = Files.readString(stat, StandardCharsets.ISO_8859_1);
        return "TtZ".indexOf(text.charAt(text.lastIndexOf(')') + 2)) >= 0;
    }
}
