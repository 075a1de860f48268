package io.github.ipcharness.ipc;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process of a test's own: a JVM that runs a static method of the test class. It is killed when this is closed, and
 * when the test's JVM ends.
 */
public final class Child implements AutoCloseable {

    /** How long anything may take before a test gives up. */
    public static final long LIMIT_SECONDS = 120;

    private static final String END = "\0end";

    private final Process process;
    private final String what;
    private final Path errors;
    private final BufferedWriter in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread shutdown;

    private Child(Process process, String what, Path errors) {
        this.process = process;
        this.what = what;
        this.errors = errors;
        this.in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.shutdown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdown);
        Thread reader = new Thread(this::readAll, "lines of " + what);
        reader.setDaemon(true);
        reader.start();
    }

    /** Runs {@code static void method(String[] args)} of the class in a JVM of its own. */
    public static Child start(Class<?> type, String method, Object... args) {
        return start(List.of(), type, method, args);
    }

    /** As {@link #start(Class, String, Object...)}, as a process to which no file larger than this can be written. */
    public static Child startWithSmallFiles(int kibibytes, Class<?> type, String method, Object... args) {
        // POSIX: in blocks of 512 bytes.
        String limit = "ulimit -f " + kibibytes * 2 + "; exec \"$@\"";
        return start(List.of("sh", "-c", limit, "sh"), type, method, args);
    }

    /** As {@link #start(Class, String, Object...)}, without a flag that this JVM may have. */
    public static Child startWithoutNativeAccess(Class<?> type, String method, Object... args) {
        return start(List.of(), List.of(), type, method, args);
    }

    /** @param launcher a command that runs the command that follows it, as the same process */
    public static Child start(List<String> launcher, Class<?> type, String method, Object... args) {
        return start(launcher, NativeAccess.asHere(), type, method, args);
    }

    private static Child start(
            List<String> launcher, List<String> jvmArguments, Class<?> type, String method, Object... args) {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Tests start many and run each shortly: what makes them start fast.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m"));
        // A file that only tools read, and that a limit on files would be hit by.
        command.add("-XX:-UsePerfData");
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName()));
        command.addAll(List.of(type.getName(), method));
        for (Object arg : args) {
            command.add(arg.toString());
        }
        try {
            Path errors = Files.createTempFile("ipc-child-", ".err");
            Process process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            return new Child(process, type.getSimpleName() + "." + method, errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs in the child. */
    public static void main(String[] args) throws Exception {
        List<String> rest = List.of(args).subList(2, args.length);
        try {
            var method = Class.forName(args[0]).getDeclaredMethod(args[1], String[].class);
            method.setAccessible(true);
            method.invoke(null, (Object) rest.toArray(String[]::new));
        } catch (Throwable t) {
            t.printStackTrace();
            System.exit(9);
        }
        System.exit(0);
    }

    /** In the child: says a line to the test. */
    public static void say(Object line) {
        System.out.println(line);
        System.out.flush();
    }

    /** In the child: waits for a line of the test's. */
    public static void hear() throws IOException {
        // Not a buffered reader: each call takes one line and no more.
        int c;
        do {
            c = System.in.read();
        } while (c != '\n' && c != -1);
    }

    private void readAll() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // The pipe of a process that was killed.
        }
        lines.add(END);
    }

    /** The next line that the child says. */
    public String line() throws InterruptedException {
        String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError(what + " says nothing" + errors());
        }
        if (line.equals(END)) {
            lines.add(END);
            throw new AssertionError(what + " has ended" + errors());
        }
        return line;
    }

    /** The next line, which must be this. */
    public Child expect(Object expected) throws InterruptedException {
        String line = line();
        if (!line.equals(expected.toString())) {
            throw new AssertionError(what + " must say '" + expected + "', says '" + line + "'" + errors());
        }
        return this;
    }

    /** All lines that the child says until it ends, which it must do by itself. */
    public List<String> rest() throws InterruptedException {
        awaitEnd();
        return last();
    }

    /** All lines that the child has said until it ended, be it by itself or not. */
    public List<String> last() throws InterruptedException {
        List<String> rest = new ArrayList<>();
        for (String line = lines.take(); !line.equals(END); line = lines.take()) {
            rest.add(line);
        }
        lines.add(END);
        return rest;
    }

    /** Lines that were said and not asked for yet. */
    public List<String> saidSoFar() {
        List<String> said = new ArrayList<>();
        for (String line = lines.poll(); line != null; line = lines.poll()) {
            if (line.equals(END)) {
                lines.add(END);
                break;
            }
            said.add(line);
        }
        return said;
    }

    /** Lets the child's {@link #hear} return. */
    public void tell() {
        try {
            in.write("\n");
            in.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(what + errors(), e);
        }
    }

    /** Waits until the child has ended by itself, without an error. */
    public void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(what + " does not end" + errors());
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(what + " has failed: exit code " + process.exitValue() + errors());
        }
    }

    private String errors() {
        try {
            return ": " + Files.readString(errors);
        } catch (IOException e) {
            return ": " + e;
        }
    }

    /** What it has printed to its error stream so far. */
    public String standardError() throws IOException {
        return Files.readString(errors);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, and waits until it is gone. What it said before can still be read. */
    public void kill() throws InterruptedException {
        // Not the process's own method: that closes this side of the pipes as well, with all that is in them.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(what + " cannot be killed");
        }
    }

    /** SIGSTOP, and waits until every thread of it stands still. */
    public Child freeze() throws Exception {
        signal("STOP");
        while (!Files.readString(Path.of("/proc/" + pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .startsWith("T")) {
            Thread.sleep(1);
        }
        return this;
    }

    /** SIGCONT. */
    public void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("cannot send SIG" + name + " to " + what);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            Files.deleteIfExists(errors);
            Runtime.getRuntime().removeShutdownHook(shutdown);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
