package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Runs one scenario, once: starts its processes, waits for them, ends what is left, and keeps what they did.
 *
 * <p>After {@link #run}, however it ends, no process that it started lives, nor any that those started, and the
 * namespace is gone.
 */
public final class ScenarioRunner {

    /** In which nothing is yet recorded, and the objects of an ordinary program have room. */
    private static final long BASE_BYTES = 16L << 20;

    /** A message leaves a record where it went in and one where it came out; twice that, for what found nothing. */
    private static final long BYTES_PER_MESSAGE = 4 * 64;

    private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(2);

    final Scenario scenario;
    private final Jvm jvm;
    private final ClassPath classPath;
    final RunDirectory directory;
    private final Path buildDirectory;
    final Consumer<String> console;
    private final Path sharedMemory;
    final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();
    private volatile Namespace namespace;
    private volatile boolean allEnded;

    /**
     * @param buildDirectory where the namespace is made if shared memory has no room
     * @param console gets each line that a process writes, and warnings; from several threads
     */
    public ScenarioRunner(
            Scenario scenario,
            Jvm jvm,
            ClassPath classPath,
            RunDirectory directory,
            Path buildDirectory,
            Consumer<String> console) {
        this(scenario, jvm, classPath, directory, buildDirectory, console, Path.of("/dev/shm"));
    }

    ScenarioRunner(
            Scenario scenario,
            Jvm jvm,
            ClassPath classPath,
            RunDirectory directory,
            Path buildDirectory,
            Consumer<String> console,
            Path sharedMemory) {
        this.scenario = scenario;
        this.jvm = jvm;
        this.classPath = classPath;
        this.directory = directory;
        this.buildDirectory = buildDirectory;
        this.console = console;
        this.sharedMemory = sharedMemory;
    }

    /**
     * @throws CouldNotRunException if the processes could not be started, or what they did not be kept
     * @throws io.github.ipcharness.maven.scenario.InvalidScenarioException if there is no such main class
     */
    public RunOutcome run() throws CouldNotRunException, InterruptedException {
        requirePrograms();
        Thread hook = new Thread(this::abandon, "ipc clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            directory.create();
            return runInNamespace();
        } catch (IOException e) {
            throw new CouldNotRunException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            abandon();
            unhook(hook);
        }
    }

    void requirePrograms() {
        scenario.programs().stream().filter(program -> program.count() > 0).forEach(classPath::require);
    }

    static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is shutting down, and the hook does no harm.
        }
    }

    private RunOutcome runInNamespace() throws IOException, InterruptedException {
        openNamespace();
        long start = System.nanoTime();
        // First, though it is told of the others later: if we are killed in between, it finds them by their home.
        try (SupervisorProcess supervisor = SupervisorProcess.start(namespace.home(), directory.log("supervisor"))) {
            try {
                startAll();
                supervisor.watch(workers);
                Watch watch = new Watch(workers, start, scenario.timeout(), new DrainWatch(namespace.histories()));
                boolean stalled = !watch.await();
                Duration duration = Duration.ofNanos(System.nanoTime() - start);
                endAll();
                return keep(duration, stalled);
            } finally {
                abandon(); // While the supervisor still watches.
            }
        } finally {
            workers.forEach(WorkerProcess::closeOutput);
        }
    }

    Namespace openNamespace() throws IOException {
        namespace = Namespace.create(sharedMemory, buildDirectory, likelyBytes());
        return namespace;
    }

    private long likelyBytes() {
        return BASE_BYTES
                + BYTES_PER_MESSAGE * scenario.messages() * scenario.producer().count();
    }

    void startAll() throws IOException {
        CommandLines commandLines = new CommandLines(scenario, jvm, classPath, directory, namespace.home());
        for (ProgramSpec program : scenario.programs()) {
            for (int index = 0; index < program.count(); index++) {
                start(program, program.label(index), commandLines.of(program, index));
            }
        }
    }

    private void start(ProgramSpec program, String label, CommandLine commandLine) throws IOException {
        Path log = directory.log(label);
        ProcessOutput output = new ProcessOutput(label, log, console);
        try {
            workers.add(WorkerProcess.start(program, label, commandLine, log, output));
        } catch (IOException e) {
            output.close();
            throw new IOException(
                    label + " could not be started: " + e.getMessage() + "; by hand: " + commandLine.shellLine(), e);
        }
    }

    /** Ends the condemned and whoever was left behind, then waits for the last lines. */
    void endAll() throws InterruptedException {
        Set<ProcessHandle> left = ProcessTree.living(handles(), namespace.home());
        left.stream()
                .filter(process -> workers.stream().noneMatch(worker -> worker.pid() == process.pid()))
                .forEach(process ->
                        console.accept("a process was left running and is killed: " + ProcessTree.describe(process)));
        if (!left.isEmpty()) {
            ProcessTree.kill(handles(), namespace.home());
        }
        allEnded = true;
        for (WorkerProcess worker : workers) {
            worker.awaitEnd();
            worker.drainOutput(OUTPUT_PATIENCE);
        }
    }

    RunOutcome keep(Duration duration, boolean stalled) throws IOException {
        List<ProcessEnd> ends = workers.stream().map(WorkerProcess::end).toList();
        boolean drained = scenario.drained() && ends.stream().noneMatch(ProcessEnd::failed);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(namespace.histories(), "*" + HistoryWriter.SUFFIX)) {
            for (Path file : files) {
                Files.copy(file, directory.histories().resolve(file.getFileName()));
            }
        }
        directory.writeExits(drained, stalled, ends);
        return new RunOutcome(directory, ends, drained, stalled, duration);
    }

    private List<ProcessHandle> handles() {
        List<ProcessHandle> handles = new ArrayList<>();
        workers.forEach(worker -> handles.add(worker.handle()));
        return handles;
    }

    /** Kills everything and deletes the namespace. Does nothing the second time. */
    synchronized void abandon() {
        Namespace mine = namespace;
        if (mine == null) {
            return;
        }
        if (!allEnded) {
            ProcessTree.kill(handles(), mine.home());
        }
        try {
            Trees.delete(mine.home());
            namespace = null;
        } catch (IOException e) {
            console.accept("cannot delete " + mine.home() + ": " + e.getMessage());
        }
    }
}
