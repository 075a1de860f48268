package io.github.ipcharness.maven.run;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** This side of the {@link Supervisor}. */
final class SupervisorProcess implements Closeable {

    private static final int PATIENCE_SECONDS = 5;

    private final Process process;
    private final OutputStream toIt;

    private SupervisorProcess(Process process) {
        this.process = process;
        this.toIt = process.getOutputStream();
    }

    static SupervisorProcess start(Path home, Path log) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                java.toString(),
                "-Xint", // It does little, and once: compiling it costs the children a core.
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx16m",
                "-cp",
                ClassPath.sourceOf(Supervisor.class).toString(),
                Supervisor.class.getName(),
                home.toString()));
        // Options that someone gave to all JVMs, a debugger or an agent, are not for this one.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().remove("IPC_HOME");
        return new SupervisorProcess(builder.redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start());
    }

    void watch(Collection<WorkerProcess> workers) throws IOException {
        StringBuilder pids = new StringBuilder();
        workers.forEach(worker -> pids.append(worker.pid()).append('\n'));
        say(pids.toString());
    }

    private synchronized void say(String lines) throws IOException {
        toIt.write(lines.getBytes(StandardCharsets.US_ASCII));
        toIt.flush();
    }

    long pid() {
        return process.pid();
    }

    /** Says that there is nothing left to clean up, and waits until it has ended. */
    @Override
    public void close() {
        try (toIt) {
            say("done\n");
        } catch (IOException e) {
            // It has gone before: nothing is left for it to do.
        }
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
