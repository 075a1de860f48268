package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.StopWhen;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Ends the processes of a background run in the direction in which messages flow: first the producers, then the
 * consumers, who so get the chance to take what is left. Who does not end in time is killed.
 */
final class Ending {

    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<WorkerProcess> workers;
    private final Duration timeout;
    private final Duration grace;
    private final DrainWatch drain;
    private final BlockingQueue<WorkerProcess> ended = new LinkedBlockingQueue<>();
    private final Map<WorkerProcess, Long> deadlines = new HashMap<>();
    private long nextLook = LOOK_EVERY_NANOS;
    private boolean inTime = true;

    /**
     * @param timeout what those get who end by themselves, and those who must take what is left
     * @param grace what they get after SIGTERM
     */
    Ending(List<WorkerProcess> workers, Duration timeout, Duration grace, DrainWatch drain) {
        this.workers = workers;
        this.timeout = timeout;
        this.grace = grace;
        this.drain = drain;
        workers.forEach(worker -> worker.onEnd(() -> ended.add(worker)));
    }

    /** @return whether nobody had to be killed for taking too long */
    boolean await() throws InterruptedException {
        end(Role.PRODUCER);
        end(Role.CONSUMER);
        return inTime;
    }

    private void end(Role role) throws InterruptedException {
        List<WorkerProcess> mine = workers.stream()
                .filter(worker -> worker.program().role() == role)
                .toList();
        long deadline = System.nanoTime() + timeout.toNanos();
        mine.forEach(worker -> deadlines.put(worker, deadline));
        while (mine.stream().anyMatch(WorkerProcess::isAlive)) {
            askToEnd(mine);
            killOverdue(mine);
            ended.poll(Math.min(nextLook, untilNext(mine)), TimeUnit.NANOSECONDS);
        }
    }

    /** Once one has failed the run has, and nobody needs to wait for what will not come. */
    private void askToEnd(List<WorkerProcess> mine) {
        boolean failed = workers.stream().anyMatch(WorkerProcess::hasFailed);
        for (WorkerProcess worker : mine) {
            StopWhen when = worker.program().stopWhen();
            boolean now = failed || when == StopWhen.STOP || when == StopWhen.DRAINED && isDrained();
            if (worker.isAlive() && !worker.wasAskedToEnd() && now) {
                worker.askToEnd();
                deadlines.put(worker, System.nanoTime() + grace.toNanos());
            }
        }
    }

    private boolean isDrained() {
        long from = System.nanoTime();
        boolean drained = drain.isDrained();
        // Long histories take long to read: never spend more than a small part of a processor on it.
        nextLook = Math.max(LOOK_EVERY_NANOS, 10 * (System.nanoTime() - from));
        return drained;
    }

    private long untilNext(List<WorkerProcess> mine) {
        return mine.stream()
                .filter(WorkerProcess::isAlive)
                .mapToLong(worker -> Math.max(0, deadlines.get(worker) - System.nanoTime()))
                .min()
                .orElse(0);
    }

    private void killOverdue(List<WorkerProcess> mine) throws InterruptedException {
        for (WorkerProcess worker : mine) {
            if (!worker.isAlive() || deadlines.get(worker) - System.nanoTime() > 0) {
                continue;
            }
            inTime = false;
            worker.dumpThreads();
            worker.condemn("had not ended " + since(worker) + " and was killed" + waitedFor(worker), true);
            worker.kill();
            worker.awaitEnd();
        }
    }

    private String since(WorkerProcess worker) {
        return worker.wasAskedToEnd()
                ? Durations.write(grace) + " after SIGTERM (ipc.grace)"
                : Durations.write(timeout) + " after ipc:stop (ipc.timeout)";
    }

    private String waitedFor(WorkerProcess worker) {
        return worker.program().stopWhen() == StopWhen.DRAINED && !worker.wasAskedToEnd()
                ? "; " + drain.describe()
                : "";
    }
}
