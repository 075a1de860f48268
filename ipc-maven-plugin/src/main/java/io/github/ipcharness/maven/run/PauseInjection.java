package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import java.io.IOException;
import java.util.Set;

/** SIGSTOP, and SIGCONT after a while. */
final class PauseInjection extends Injection {

    private Set<Long> stopped = Set.of();
    private long since;

    PauseInjection(Fault fault) {
        super(fault);
    }

    @Override
    void strike(WorkerProcess victim) throws IOException, InterruptedException {
        stopped = victim.pids();
        if (Signals.stop(stopped)) {
            since = System.nanoTime();
            inForce(stopped, since);
        } else {
            miss(victim.label() + " ended in the same moment");
        }
    }

    @Override
    void proceed() throws IOException, InterruptedException {
        if (System.nanoTime() - since >= fault().duration().toNanos()) {
            undo();
        }
    }

    @Override
    void undo() throws IOException, InterruptedException {
        over(System.nanoTime());
        Signals.proceed(stopped);
    }
}
