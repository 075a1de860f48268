package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.run.ScenarioRunner.Watched;
import io.github.ipcharness.maven.scenario.ProcessStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A scenario whose processes live on while something else runs, such as another plugin's tests: {@link #start}, {@link
 * #awaitReady}, and later {@link #stop}.
 *
 * <p>Whoever starts it must stop it. If he does not, the end of this JVM does, and if it is killed, the supervisor; then
 * nothing is kept but the logs.
 */
public final class BackgroundRun implements AutoCloseable {

    private final ScenarioRunner runner;
    private final Duration grace;
    private final Thread hook = new Thread(this::abandon, "ipc clean-up");
    private long startNanos;
    private Namespace namespace;
    private SupervisorProcess supervisor;
    private Readiness readiness;
    private Ending ending;

    /** @param grace how long a process may take to end after SIGTERM */
    public BackgroundRun(ScenarioRunner runner, Duration grace) {
        this.runner = runner;
        this.grace = grace;
    }

    /**
     * @throws CouldNotRunException if the processes could not be started; then none of them lives
     * @throws io.github.ipcharness.maven.scenario.InvalidScenarioException if there is no such main class
     */
    public void start() throws CouldNotRunException {
        runner.requirePrograms();
        Runtime.getRuntime().addShutdownHook(hook);
        boolean started = false;
        try {
            runner.directory.create();
            startInNamespace();
            started = true;
        } catch (IOException e) {
            throw new CouldNotRunException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            if (!started) {
                close();
            }
        }
    }

    private void startInNamespace() throws IOException {
        namespace = runner.openNamespace();
        startNanos = System.nanoTime();
        supervisor = SupervisorProcess.start(namespace.home(), runner.directory.log("supervisor"));
        readiness = Readiness.of(runner.scenario, runner.directory, namespace);
        runner.startAll();
        List<WorkerProcess> workers = runner.workers.all();
        supervisor.watch(workers);
        DrainWatch drain = new DrainWatch(namespace.histories(), runner.workers::wasKilled);
        ending = new Ending(workers, runner.scenario.timeout(), grace, drain);
    }

    /** Where the processes meet. */
    public Path home() {
        return namespace.home();
    }

    /**
     * Waits until every process is ready, as its program's {@code readyWhen} says.
     *
     * @return false if one has ended before, or is not after this time: then {@link #stop} says which and why
     */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        return readiness.await(runner.workers.all(), timeout);
    }

    /** What {@link #awaitReady} saw, if it saw all of them. */
    public List<ProcessStart> processes() {
        return runner.workers.all().stream()
                .map(worker -> new ProcessStart(worker.label(), worker.pid(), readiness.after(worker, startNanos)))
                .toList();
    }

    /**
     * Ends the processes, and keeps what they did. After it, however it ends, none of them lives and the namespace is
     * gone.
     *
     * @throws CouldNotRunException if what they did could not be kept
     */
    public RunOutcome stop() throws CouldNotRunException, InterruptedException {
        try {
            boolean stalled = !ending.await();
            Duration duration = Duration.ofNanos(System.nanoTime() - startNanos);
            runner.endAll();
            return runner.keep(startNanos, new Watched(stalled, List.of()), duration);
        } catch (IOException e) {
            throw new CouldNotRunException(e.getMessage() == null ? e.toString() : e.getMessage(), e);
        } finally {
            close();
        }
    }

    /** Ends everything at once and keeps nothing; does nothing after {@link #stop}. */
    @Override
    public void close() {
        runner.abandon(); // While the supervisor still watches.
        if (supervisor != null) {
            supervisor.close();
        }
        if (runner.workers != null) {
            runner.workers.all().forEach(WorkerProcess::closeOutput);
        }
        ScenarioRunner.unhook(hook);
    }

    private void abandon() {
        runner.console.accept("the build ends before ipc:stop: the processes of " + runner.scenario.goal() + " "
                + runner.scenario.id() + " are killed, and nobody judges what they did");
        runner.abandon();
    }
}
