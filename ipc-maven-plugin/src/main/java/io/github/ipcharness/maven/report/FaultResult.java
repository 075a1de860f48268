package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Landing;
import io.github.ipcharness.maven.check.Landings;
import io.github.ipcharness.maven.scenario.Fault;
import io.github.ipcharness.maven.scenario.FaultEvent;
import java.io.IOException;

/**
 * What became of one fault.
 *
 * @param what as the end of a sentence that begins with the fault
 */
public record FaultResult(Fault fault, boolean landed, String what) {

    /** @param landings of the histories of the run in which it happened */
    public static FaultResult of(FaultEvent event, Landings landings) throws IOException {
        Fault fault = event.fault();
        if (event.missed() != null) {
            return new FaultResult(fault, false, "did not land: " + event.missed());
        }
        Landing landing = switch (fault.kind()) {
            case KILL, RESTART -> landings.ofKill(event.pids());
            case PAUSE -> landings.ofPause(event.pids(), event.from(), event.to());
            case SLOW -> landings.ofSlow(fault.label(), fault.delay().toNanos());
            case STARVE -> landings.ofStarve(event.from(), event.to());
        };
        return new FaultResult(fault, landing.landed(), landing.what());
    }

    /** {@code kill producer-0 after 5,000 messages landed inside put of queue orders, after 5,213 operations} */
    String sentence() {
        return fault + " " + what;
    }
}
