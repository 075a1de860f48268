package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.StopWhen;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

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

    private final Workers workers;
    private final Duration timeout;
    private final DrainWatch drain;
    private final BooleanSupplier moreToCome;
    private final BlockingQueue<WorkerProcess> ended = new LinkedBlockingQueue<>();
    private final long deadline;
    private long nextLook = LOOK_EVERY_NANOS;
    private boolean asked;
    private long askedDeadline;
    private WorkerProcess failed;
    private long failedDeadline;

    /** @param moreToCome whether processes may still be started when all that there are have ended */
    Watch(Workers workers, long startNanos, Duration timeout, DrainWatch drain, BooleanSupplier moreToCome) {
        this.workers = workers;
        this.timeout = timeout;
        this.drain = drain;
        this.moreToCome = moreToCome;
        this.deadline = startNanos + timeout.toNanos();
        workers.all().forEach(worker -> worker.onEnd(() -> ended.add(worker)));
    }

    /** @return whether all ended before the time was over; true as well if they were condemned for another's failure */
    boolean await() throws InterruptedException {
        // Asked in this order: what was the last to come has been started when nothing more is.
        while (moreToCome.getAsBoolean() || workers.anyAlive()) {
            noteFailure();
            if (failed == null) {
                askServicesToEnd();
            }
            long wait = limit() - System.nanoTime();
            if (wait <= 0) {
                condemnRest();
                return failed != null;
            }
            ended.poll(Math.min(wait, patience()), TimeUnit.NANOSECONDS);
        }
        return true;
    }

    /** The ends of processes that were started later wake nobody. */
    private long patience() {
        return awaitsDrain() ? nextLook : LOOK_EVERY_NANOS;
    }

    private void noteFailure() {
        if (failed == null) {
            failed = workers.all().stream()
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
        return !moreToCome.getAsBoolean() && workers.of(Role.PRODUCER).noneMatch(WorkerProcess::isAlive);
    }

    private void askServicesToEnd() {
        List<WorkerProcess> services = workers.all().stream()
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
        for (WorkerProcess worker : workers.all()) {
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
