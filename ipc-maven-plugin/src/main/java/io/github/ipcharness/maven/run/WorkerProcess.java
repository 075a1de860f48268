package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.StopWhen;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One process of a scenario, from its start to the sentence about its end. */
final class WorkerProcess {

    private static final Duration DUMP_PATIENCE = Duration.ofSeconds(2);
    private static final Duration DUMP_SILENCE = Duration.ofMillis(100);

    private final ProgramSpec program;
    private final int index;
    private final String label;
    private final CommandLine commandLine;
    private final Path log;
    private final ProcessOutput output;
    private final Process process;
    private final long startNanos;
    private final List<Thread> pumps;
    private volatile long endNanos;
    private volatile Set<Long> struck = Set.of();
    private final List<String> threads = new ArrayList<>();
    private boolean askedToEnd;
    private String killedBecause;
    private boolean blamed;
    private String unready;

    private WorkerProcess(
            ProgramSpec program,
            int index,
            String label,
            CommandLine commandLine,
            Path log,
            ProcessOutput output,
            Process process) {
        this.program = program;
        this.index = index;
        this.label = label;
        this.commandLine = commandLine;
        this.log = log;
        this.output = output;
        this.process = process;
        this.startNanos = System.nanoTime();
        process.onExit().thenRun(() -> endNanos = System.nanoTime());
        this.pumps = List.of(pump(process.getInputStream(), false), pump(process.getErrorStream(), true));
    }

    static WorkerProcess start(
            ProgramSpec program, int index, String label, CommandLine commandLine, Path log, ProcessOutput output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine.command())
                .directory(commandLine.directory().toFile());
        builder.environment().putAll(commandLine.environment());
        Process process = builder.start();
        process.getOutputStream().close(); // It reads the end of file at once, not the user's terminal.
        return new WorkerProcess(program, index, label, commandLine, log, output, process);
    }

    private Thread pump(InputStream stream, boolean errors) {
        Thread thread = new Thread(() -> output.copy(stream, errors), "ipc output of " + label);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    void onEnd(Runnable action) {
        process.onExit().thenRun(action);
    }

    ProgramSpec program() {
        return program;
    }

    /** Which process of its role it is; a process that was started again has the number of the first one. */
    int index() {
        return index;
    }

    String label() {
        return label;
    }

    long pid() {
        return process.pid();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** It, and then those that it has started. */
    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(List.of(handle()));
        handle().descendants().forEach(family::add);
        return family;
    }

    Set<Long> pids() {
        return pids(family());
    }

    private static Set<Long> pids(List<ProcessHandle> processes) {
        return processes.stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    /**
     * SIGKILL to it and to those that it has started, as a fault, and no failure of its own.
     *
     * @return whom it struck; empty if it had just ended by itself
     */
    Set<Long> strike() throws InterruptedException {
        List<ProcessHandle> family = family();
        struck = pids(family);
        ProcessTree.end(family);
        process.waitFor();
        return wasStruck() ? struck : Set.of();
    }

    /** Whether a fault has ended it. */
    boolean wasStruck() {
        return !struck.isEmpty() && !isAlive() && process.exitValue() == Exits.SIGKILL;
    }

    /** Whether a fault has ended it, and the process of this id, which is it or was started by it. */
    boolean wasStruck(long pid) {
        return struck.contains(pid) && wasStruck();
    }

    /** SIGTERM, to it and to those that it has started: a shell does not hand it on. */
    void askToEnd() {
        askedToEnd = true;
        List<ProcessHandle> descendants = handle().descendants().toList();
        handle().destroy();
        descendants.forEach(ProcessHandle::destroy);
    }

    boolean wasAskedToEnd() {
        return askedToEnd;
    }

    /**
     * Says why it is about to be killed.
     *
     * @param itsFault whether that is a failure of its own
     */
    void condemn(String because, boolean itsFault) {
        killedBecause = because;
        blamed = itsFault;
    }

    boolean isCondemned() {
        return killedBecause != null;
    }

    /** SIGKILL, to it and to those that it has started. */
    void kill() {
        List<ProcessHandle> descendants = handle().descendants().toList();
        handle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Says that it ended before it was ready, and what was still missing. */
    void blameUnready(String missing) {
        unready = missing;
    }

    /**
     * Lets it, and the JVMs that it has started, say on its log what their threads are doing. A command may be anything,
     * and SIGQUIT would kill what is no JVM.
     */
    void dumpThreads() throws InterruptedException {
        if (!isAlive()) {
            return;
        }
        output.quiet();
        output.takeQuietLines();
        for (ProcessHandle process : family()) {
            boolean own = process.pid() == pid();
            if (own && !program.isCommand() || Jvms.tellsThreads(process.pid())) {
                List<String> told = ThreadDump.tell(dumpThreads(process.pid()));
                if (!own) {
                    threads.add("of JVM " + ProcessTree.describe(process) + ":");
                }
                threads.addAll(told.isEmpty() ? List.of("(it did not say)") : told);
            }
        }
    }

    private List<String> dumpThreads(long jvm) throws InterruptedException {
        long lines = output.lines();
        try {
            Signals.quit(jvm);
        } catch (IOException e) {
            return List.of(e.getMessage());
        }
        long deadline = System.nanoTime() + DUMP_PATIENCE.toNanos();
        while (System.nanoTime() < deadline && ProcessHandle.of(jvm).isPresent()) {
            if (output.lines() > lines && output.silentNanos() > DUMP_SILENCE.toNanos()) {
                break;
            }
            Thread.sleep(10);
        }
        return output.takeQuietLines();
    }

    /** Whether it has ended in a way that it should not have; says nothing of one that still lives. */
    boolean hasFailed() {
        return !isAlive() && problem() != null;
    }

    private String problem() {
        int code = process.exitValue();
        if (wasStruck()) {
            return null;
        }
        if (killedBecause != null) {
            return blamed ? label + " " + killedBecause : null;
        }
        if (unready != null) {
            return label + " " + Exits.sentence(code) + " before it was ready: " + unready;
        }
        boolean mayBeTerminated = program.stopWhen() != StopWhen.EXIT && askedToEnd;
        return code == 0 || mayBeTerminated && code == Exits.SIGTERM ? null : label + " " + Exits.sentence(code);
    }

    private String exit() {
        if (wasStruck()) {
            return "SIGKILL, by a fault";
        }
        if (killedBecause != null) {
            return "killed";
        }
        int code = process.exitValue();
        return askedToEnd && code == Exits.SIGTERM ? "SIGTERM, as asked" : Exits.explain(code);
    }

    /** To be called once it has ended. */
    int exitCode() {
        return process.exitValue();
    }

    /** The kernel may take a moment to bury what was killed. */
    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /** Waits until all its output has been passed on, if nobody else holds its streams open. */
    void drainOutput(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread pump : pumps) {
            pump.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())));
        }
    }

    void closeOutput() {
        output.close();
    }

    /** To be called once it has ended. */
    ProcessEnd end() {
        long ended = endNanos == 0 ? System.nanoTime() : endNanos;
        return new ProcessEnd(
                label,
                pid(),
                process.exitValue(),
                exit(),
                problem(),
                blamed,
                TimeUnit.NANOSECONDS.toMillis(ended - startNanos),
                log.toString(),
                commandLine.shellLine(),
                output.lastErrors(),
                details());
    }

    /** What else is known of why it ended so. */
    private List<String> details() {
        if (!threads.isEmpty()) {
            List<String> details = new ArrayList<>(List.of("its threads, before it was killed:"));
            threads.forEach(line -> details.add("    " + line));
            return details;
        }
        try {
            return hasFailed() ? CrashWords.in(log) : List.of();
        } catch (IOException e) {
            return List.of("(its log cannot be read: " + e.getMessage() + ")");
        }
    }
}
