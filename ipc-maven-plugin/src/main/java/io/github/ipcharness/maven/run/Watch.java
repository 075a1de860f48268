package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.StopWhen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Waits for the processes of a run: until all have ended, until the time is over, or, after one has failed, for a moment
 * more, so that the others can say what they saw of it. Whoever still lives then is condemned, and {@link #await}
 * returns; killing is the caller's.
 */
final class Watch {

    /** What the others get after a failure. */
    static final Duration AFTER_FAILURE = Duration.ofSeconds(3);

    /** What a service gets after SIGTERM. */
    static final Duration AFTER_SIGTERM = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<WorkerProcess> workers;
    private final Duration timeout;
    private final DrainWatch drain;
    private final BlockingQueue<WorkerProcess> ended = new LinkedBlockingQueue<>();
    private final long deadline;
    private long nextLook = LOOK_EVERY_NANOS;
    private boolean asked;
    private long askedDeadline;
    private WorkerProcess failed;
    private long failedDeadline;

    Watch(List<WorkerProcess> workers, long startNanos, Duration timeout, DrainWatch drain) {
        this.workers = workers;
        this.timeout = timeout;
        this.drain = drain;
        this.deadline = startNanos + timeout.toNanos();
        workers.forEach(worker -> worker.onEnd(() -> ended.add(worker)));
    }

    /** @return whether all ended before the time was over; true as well if they were condemned for another's failure */
    boolean await() throws InterruptedException {
        while (workers.stream().anyMatch(WorkerProcess::isAlive)) {
            noteFailure();
            if (failed == null) {
                askServicesToEnd();
            }
            long wait = limit() - System.nanoTime();
            if (wait <= 0) {
                condemnRest();
                return failed != null;
            }
            ended.poll(Math.min(wait, awaitsDrain() ? nextLook : wait), TimeUnit.NANOSECONDS);
        }
        return true;
    }

    private void noteFailure() {
        if (failed == null) {
            failed = workers.stream()
                    .filter(WorkerProcess::hasFailed)
                    .findFirst()
                    .orElse(null);
            failedDeadline = System.nanoTime() + AFTER_FAILURE.toNanos();
        }
    }

    private long limit() {
        long limit = deadline;
        if (failed != null && failedDeadline - limit < 0) {
            limit = failedDeadline;
        }
        return asked && askedDeadline - limit < 0 ? askedDeadline : limit;
    }

    private boolean awaitsDrain() {
        return failed == null && !asked && producersHaveEnded();
    }

    private boolean producersHaveEnded() {
        return workers.stream().noneMatch(worker -> worker.program().role() == Role.PRODUCER && worker.isAlive());
    }

    private void askServicesToEnd() {
        List<WorkerProcess> services = workers.stream()
                .filter(worker -> worker.program().stopWhen() == StopWhen.DRAINED && worker.isAlive())
                .toList();
        if (services.isEmpty() || !awaitsDrain()) {
            return;
        }
        long from = System.nanoTime();
        if (drain.isDrained()) {
            services.forEach(WorkerProcess::askToEnd);
            asked = true;
            askedDeadline = System.nanoTime() + AFTER_SIGTERM.toNanos();
        }
        // Long histories take long to read: never spend more than a small part of a processor on it.
        nextLook = Math.max(LOOK_EVERY_NANOS, 10 * (System.nanoTime() - from));
    }

    private void condemnRest() throws InterruptedException {
        for (WorkerProcess worker : workers) {
            if (!worker.isAlive()) {
                continue;
            }
            if (worker.wasAskedToEnd()) {
                worker.dumpThreads();
                worker.condemn(
                        "had not ended " + Durations.write(AFTER_SIGTERM) + " after SIGTERM and was killed", true);
            } else if (failed != null) {
                worker.condemn("was killed since " + failed.label() + " had failed", false);
            } else {
                worker.dumpThreads();
                worker.condemn(
                        "had not ended after " + Durations.write(timeout) + " (ipc.timeout) and was killed"
                                + waitedFor(worker),
                        true);
            }
        }
    }

    private String waitedFor(WorkerProcess worker) {
        return worker.program().stopWhen() == StopWhen.DRAINED && producersHaveEnded() ? "; " + drain.describe() : "";
    }
}
