package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import java.io.IOException;
import java.util.Set;

/** SIGKILL, and what has to follow it. */
final class KillInjection extends Injection {

    /** Starts what takes the place of a process that is gone. */
    interface Aftermath {
        void follow(WorkerProcess gone) throws IOException;
    }

    private final Aftermath killed;
    private final Aftermath tooLate;

    /**
     * @param killed follows the kill
     * @param tooLate follows if the process has ended before
     */
    KillInjection(Fault fault, Aftermath killed, Aftermath tooLate) {
        super(fault);
        this.killed = killed;
        this.tooLate = tooLate;
    }

    @Override
    void strike(WorkerProcess victim) throws IOException, InterruptedException {
        long from = System.nanoTime();
        Set<Long> struck = victim.strike();
        if (struck.isEmpty()) {
            miss(victim.label() + " " + Exits.sentence(victim.exitCode()) + " in the same moment");
            tooLate.follow(victim);
        } else {
            inForce(struck, from);
            over(System.nanoTime());
            killed.follow(victim);
        }
    }

    @Override
    void tooLate(WorkerProcess victim) throws IOException {
        tooLate.follow(victim);
    }
}
