package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.maven.run.RunDirectory.RunEnd;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    volatile Workers workers;
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
                Watched watched = runWithFaults(supervisor, start);
                Duration duration = Duration.ofNanos(System.nanoTime() - start);
                endAll();
                return keep(start, watched, duration);
            } finally {
                abandon(); // While the supervisor still watches.
            }
        } finally {
            workers.all().forEach(WorkerProcess::closeOutput);
        }
    }

    /** What was seen while it ran: whether its time was over before its processes had ended, and what faults did. */
    record Watched(boolean stalled, List<FaultEvent> faults) {}

    private Watched runWithFaults(SupervisorProcess supervisor, long start) throws IOException, InterruptedException {
        Hold hold = Hold.of(scenario, namespace.home());
        startAll();
        supervisor.watch(workers.all());
        FaultInjector.Starter starter =
                (program, index, restart) -> supervisor.watch(List.of(workers.start(program, index, restart)));
        FaultInjector injector = new FaultInjector(scenario, workers, starter, namespace, hold, console);
        boolean inTime;
        try (injector) {
            injector.start();
            DrainWatch drain = new DrainWatch(namespace.histories(), workers::wasKilled);
            Watch watch = new Watch(workers, start, scenario.timeout(), drain, injector::mayStartMore);
            inTime = watch.await();
        }
        return new Watched(!inTime, injector.events()); // Not before all of them are over.
    }

    Namespace openNamespace() throws IOException {
        Namespace opened = Namespace.create(sharedMemory, buildDirectory, likelyBytes());
        namespace = opened;
        CommandLines commandLines = new CommandLines(scenario, jvm, classPath, directory, opened.home());
        workers = new Workers(commandLines, directory, console);
        return opened;
    }

    private long likelyBytes() {
        return BASE_BYTES
                + BYTES_PER_MESSAGE * scenario.messages() * scenario.producer().count();
    }

    void startAll() throws IOException {
        for (ProgramSpec program : scenario.programs()) {
            for (int index = 0; index < program.count(); index++) {
                workers.start(program, index, 0);
            }
        }
    }

    /** Ends the condemned and whoever was left behind, then waits for the last lines. */
    void endAll() throws InterruptedException {
        Set<ProcessHandle> left = ProcessTree.living(handles(), namespace.home());
        left.stream()
                .filter(process -> !workers.isOneOf(process))
                .forEach(process ->
                        console.accept("a process was left running and is killed: " + ProcessTree.describe(process)));
        if (!left.isEmpty()) {
            ProcessTree.kill(handles(), namespace.home());
        }
        allEnded = true;
        for (WorkerProcess worker : workers.all()) {
            worker.awaitEnd();
            worker.drainOutput(OUTPUT_PATIENCE);
        }
    }

    RunOutcome keep(long startNanos, Watched watched, Duration duration) throws IOException {
        List<ProcessEnd> ends = workers.all().stream().map(WorkerProcess::end).toList();
        boolean drained = scenario.drained() && ends.stream().noneMatch(ProcessEnd::failed);
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(namespace.histories(), "*" + HistoryWriter.SUFFIX)) {
            for (Path file : files) {
                Files.copy(file, directory.histories().resolve(file.getFileName()));
            }
        }
        RunOutcome outcome = new RunOutcome(directory, ends, watched.faults(), duration);
        RunEnd end = new RunEnd(drained, watched.stalled(), ClockId.own(), startNanos, System.nanoTime());
        directory.writeExits(end, outcome);
        return outcome;
    }

    private List<ProcessHandle> handles() {
        Workers mine = workers;
        return mine == null ? List.of() : mine.handles();
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
