package io.github.ipcharness.maven.scenario;

import java.util.Set;

/**
 * What was done of a fault, and when. Whether it met anything is for the histories to say.
 *
 * @param pids the processes that were struck: the one, and those that it had started; empty if that is told by its label
 * @param from {@link System#nanoTime} at which it was in force: for a kill, just before the signal was sent
 * @param to the same for its end
 * @param missed why it could not be done, as the end of a sentence that begins with the fault; null if it was done
 */
public record FaultEvent(Fault fault, Set<Long> pids, long from, long to, String missed) {

    public FaultEvent {
        pids = Set.copyOf(pids);
    }

    /** Whether it ended processes that would have gone on. */
    public boolean hasKilled() {
        return fault.kind().kills() && missed == null;
    }
}
