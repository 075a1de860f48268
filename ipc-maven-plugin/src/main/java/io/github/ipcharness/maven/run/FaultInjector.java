package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.FaultKind;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Does to a run's processes what its scenario asks for, on a thread of its own, and keeps what it did and when.
 *
 * <p>It sees in the processes' histories how far they are. What has to follow a kill is done in the same turn: the
 * program is started again, or, where the last built-in consumer of a queue is gone, another one that takes what is left,
 * or nobody could say that nothing was lost.
 */
final class FaultInjector implements Closeable {

    private static final long LOOK_MILLIS = 1;
    private static final int LOOKS_PER_SEARCH = 8;

    /** Starts a process in the middle of the run. */
    interface Starter {
        void start(ProgramSpec program, int index, int restart) throws IOException;
    }

    private final Scenario scenario;
    private final Workers workers;
    private final Starter starter;
    private final Path home;
    private final Consumer<String> console;
    private final Progress progress;
    private final Hold hold;
    private final List<Injection> injections = new ArrayList<>();
    private final Map<Role, Integer> restarts = new EnumMap<>(Role.class);
    private final Thread thread = new Thread(this::run, "ipc faults");
    private volatile boolean closed;
    private volatile boolean mayStartMore;

    FaultInjector(
            Scenario scenario,
            Workers workers,
            Starter starter,
            Namespace namespace,
            Hold hold,
            Consumer<String> console) {
        this.scenario = scenario;
        this.workers = workers;
        this.starter = starter;
        this.home = namespace.home();
        this.console = console;
        this.progress = new Progress(namespace.histories());
        this.hold = hold;
        scenario.faults().stream()
                .filter(fault -> fault.kind() != FaultKind.SLOW)
                .forEach(fault -> injections.add(injection(fault)));
        mayStartMore = kills().findAny().isPresent();
    }

    private Injection injection(Fault fault) {
        return switch (fault.kind()) {
            case KILL -> new KillInjection(fault, this::replaceTheLastConsumer, gone -> {});
            case RESTART -> new KillInjection(fault, this::restart, this::restartIfExpected);
            case PAUSE -> new PauseInjection(fault);
            case STARVE -> new StarveInjection(fault, home);
            case SLOW -> throw new IllegalArgumentException("the program itself is slow: " + fault);
        };
    }

    private Stream<Injection> kills() {
        return injections.stream().filter(injection -> injection.fault().kind().kills() && !injection.isOver());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether a process may still be started, so that the run is not over when all that there are have ended. */
    boolean mayStartMore() {
        return mayStartMore;
    }

    private void run() {
        try (progress) {
            for (long turn = 0; !closed && !injections.stream().allMatch(Injection::isOver); turn++) {
                if (turn % LOOKS_PER_SEARCH == 0) {
                    progress.findNew();
                }
                turn();
                mayStartMore = kills().findAny().isPresent();
                Thread.sleep(LOOK_MILLIS);
            }
            for (Injection injection : injections) {
                injection.end(progress);
            }
            hold.release();
        } catch (IOException | RuntimeException | InterruptedException e) {
            console.accept("the faults have come to an end: " + e);
            injections.stream()
                    .filter(injection -> !injection.isOver())
                    .forEach(injection -> injection.miss("it could not be done: " + e));
        } finally {
            mayStartMore = false;
        }
    }

    private void turn() throws IOException, InterruptedException {
        for (Injection injection : injections) {
            if (!injection.isOver()) {
                WorkerProcess victim = workers.current(
                        injection.fault().role(), injection.fault().process());
                progress.look();
                boolean mayBegin = injections.stream().noneMatch(other -> other.comesBefore(injection));
                injection.turn(victim, progress, mayBegin);
            }
        }
        if (hold.isThere() && (injections.stream().noneMatch(Injection::isWaiting) || isStuck())) {
            hold.release();
        }
    }

    /** Consumers of one queue do not share it equally: one may never get as many as its fault waits for. */
    private boolean isStuck() {
        return scenario.goal() == Goal.QUEUE
                && injections.stream()
                        .filter(Injection::isWaiting)
                        .noneMatch(injection -> injection.fault().trigger().isTime() || injection.isDue(progress))
                && workers.of(Role.PRODUCER)
                        .filter(WorkerProcess::isAlive)
                        .allMatch(producer -> progress.putBy(producer.program().label(producer.index())) >= hold.at())
                && progress.isNothingLeftToTake();
    }

    private void restart(WorkerProcess gone) throws IOException {
        Role role = gone.program().role();
        // What the first one did counts for nothing: the next fault is to meet the second one in its work.
        progress.forget(gone.program().label(gone.index()));
        starter.start(gone.program(), gone.index(), restarts.merge(role, 1, Integer::sum));
    }

    /** The built-in programs have been told how many producers there will be, and wait for all of them. */
    private void restartIfExpected(WorkerProcess gone) throws IOException {
        if (gone.program().role() == Role.PRODUCER && gone.program().builtIn()) {
            restart(gone);
        }
    }

    private void replaceTheLastConsumer(WorkerProcess gone) throws IOException {
        ProgramSpec consumer = scenario.consumer();
        boolean willRestart = kills().anyMatch(injection -> injection.fault().kind() == FaultKind.RESTART
                && injection.fault().role() == Role.CONSUMER);
        if (scenario.goal() == Goal.QUEUE
                && consumer.builtIn()
                && !willRestart
                && workers.of(Role.CONSUMER).allMatch(WorkerProcess::wasStruck)) {
            console.accept("no consumer is left: " + consumer.label(consumer.count()) + " takes what there is");
            starter.start(consumer, consumer.count(), 0);
        }
    }

    /** Ends what is under way and waits until nothing more will be done. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was done of each fault, in their order; to be called once this is closed. */
    List<FaultEvent> events() {
        if (!closed) {
            throw new IllegalStateException("faults may still be under way");
        }
        List<FaultEvent> events = new ArrayList<>();
        List<Injection> left = new ArrayList<>(injections);
        for (Fault fault : scenario.faults()) {
            events.add(
                    fault.kind() == FaultKind.SLOW
                            ? new FaultEvent(fault, Set.of(), 0, 0, null)
                            : left.remove(0).event());
        }
        return events;
    }
}
