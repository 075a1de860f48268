package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits until the processes of a run are ready, each by its own sign. */
final class Readiness {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration OUTPUT_PATIENCE = Duration.ofSeconds(2);

    private final Map<String, ReadySign> signs;
    private final Map<String, Long> readyNanos = new LinkedHashMap<>();

    private Readiness(Map<String, ReadySign> signs) {
        this.signs = signs;
    }

    /** To be made before the processes start: a file that is there already is no sign. */
    static Readiness of(Scenario scenario, RunDirectory directory, Namespace namespace) throws IOException {
        Map<String, ReadySign> signs = new LinkedHashMap<>();
        for (ProgramSpec program : scenario.programs()) {
            for (int index = 0; index < program.count(); index++) {
                String label = program.label(index);
                signs.put(label, ReadySign.of(program.readyWhen(), label, directory.log(label), namespace));
            }
        }
        return new Readiness(signs);
    }

    /** @return whether all are ready; otherwise those that are to blame say why */
    boolean await(List<WorkerProcess> workers, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        List<WorkerProcess> waiting = new ArrayList<>(workers);
        while (true) {
            long from = System.nanoTime();
            for (WorkerProcess worker : List.copyOf(waiting)) {
                boolean ended = !worker.isAlive(); // Asked first: what it has done before its end has been seen then.
                if (isReady(worker, ended)) {
                    waiting.remove(worker);
                } else if (ended) {
                    worker.blameUnready(signs.get(worker.label()).missing());
                    condemnRest(workers, "was killed since " + worker.label() + " had ended before it was ready");
                    return false;
                }
            }
            if (waiting.isEmpty()) {
                return true;
            }
            if (System.nanoTime() - deadline >= 0) {
                condemn(waiting, timeout);
                condemnRest(workers, "was killed since " + waiting.get(0).label() + " was not ready");
                return false;
            }
            // Long histories take long to read: never spend more than a small part of a processor on it.
            TimeUnit.NANOSECONDS.sleep(Math.max(LOOK_EVERY_NANOS, 10 * (System.nanoTime() - from)));
        }
    }

    private boolean isReady(WorkerProcess worker, boolean ended) throws InterruptedException {
        if (ended) {
            worker.drainOutput(OUTPUT_PATIENCE);
        }
        boolean ready = signs.get(worker.label()).isSeen();
        if (ready) {
            readyNanos.putIfAbsent(worker.label(), System.nanoTime());
        }
        return ready;
    }

    private void condemn(List<WorkerProcess> waiting, Duration timeout) throws InterruptedException {
        for (WorkerProcess worker : waiting) {
            worker.dumpThreads();
            worker.condemn(
                    "was not ready after " + Durations.write(timeout) + " (ipc.readyTimeout) and was killed: "
                            + signs.get(worker.label()).missing(),
                    true);
            worker.kill();
        }
    }

    private static void condemnRest(List<WorkerProcess> workers, String because) {
        workers.stream()
                .filter(worker -> worker.isAlive() && !worker.isCondemned())
                .forEach(worker -> {
                    worker.condemn(because, false);
                    worker.kill();
                });
    }

    /** When it was seen to be ready; empty if nobody waited for that. */
    Optional<Duration> after(WorkerProcess worker, long startNanos) {
        return signs.get(worker.label()).isWaitedFor()
                ? Optional.of(Duration.ofNanos(readyNanos.get(worker.label()) - startNanos))
                : Optional.empty();
    }
}
