package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.NativeAccess;
import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.memory.CrashPoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A JVM that plays parts, each in a thread, as it is told by lines on its stdin. It ends with the test's JVM, of which it
 * hears by the end of stdin.
 */
final class Actor implements AutoCloseable {

    /** A plan that does nothing, but turns the crash points on, so that another plan can come later. */
    static final String NO_CRASH = "none";

    private final Process process;
    private final Path errors;
    private final Thread shutdown;

    private Actor(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.shutdown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdown);
    }

    /** A process with crash points, to be killed or frozen at one of them. */
    static Actor victim() {
        return start(List.of("-D" + CrashPoint.PROPERTY + "=" + NO_CRASH));
    }

    /** A process as users have it. */
    static Actor start() {
        return start(List.of());
    }

    private static Actor start(List<String> jvmArgs) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Hundreds are started, and most live for less than a second.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m"));
        command.addAll(NativeAccess.asHere());
        command.addAll(jvmArgs);
        command.addAll(List.of("-cp", home(Ipc.class) + ":" + home(Actor.class), Actor.class.getName()));
        try {
            Path errors = Files.createTempFile("ipc-actor-", ".err");
            return new Actor(
                    new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Begins to play.
     *
     * @param crash a plan for the crash points of the process
     */
    void play(Role role, Path home, int id, Journal journal, boolean patient, long seed, String crash) {
        journal.set(Word.STATE, Journal.PLAYING);
        String line = String.join(
                " ",
                role.name(),
                home.toString(),
                Integer.toString(id),
                journal.file().toString(),
                Boolean.toString(patient),
                Long.toString(seed),
                crash);
        try {
            OutputStream in = process.getOutputStream();
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the process. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            Thread thread = new Thread(() -> play(words), words[0]);
            thread.setDaemon(true);
            thread.start();
        }
        Runtime.getRuntime().halt(0);
    }

    private static void play(String[] words) {
        Journal journal = Journal.open(Path.of(words[3]));
        if (System.getProperty(CrashPoint.PROPERTY) != null) {
            System.setProperty(CrashPoint.PROPERTY, words[6]);
        }
        Part part = new Part(
                Path.of(words[1]),
                Integer.parseInt(words[2]),
                journal,
                new Random(Long.parseLong(words[5])),
                Boolean.parseBoolean(words[4]));
        try {
            Role.valueOf(words[0]).play(part);
            journal.set(Word.STATE, Journal.OVER);
        } catch (Throwable t) {
            System.err.println(words[0] + " " + words[2] + " failed:");
            t.printStackTrace();
            journal.set(Word.STATE, Journal.FAILED);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean isStopped() {
        try {
            return Stat.isStopped(process.pid());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGCONT. */
    void wake() throws Exception {
        Process kill = new ProcessBuilder("kill", "-CONT", Long.toString(pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("cannot wake process " + pid());
        }
    }

    /** What it has printed about its failures. */
    String errors() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Runtime.getRuntime().removeShutdownHook(shutdown);
            Files.deleteIfExists(errors);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
