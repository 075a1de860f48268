package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.time.Duration;
import java.util.List;

/**
 * What a run left, besides its directory.
 *
 * @param drained whether at its end everything acknowledged had to be out: not so after a process failed
 */
public record RunOutcome(RunDirectory directory, List<ProcessEnd> processes, boolean drained, Duration duration) {

    public RunOutcome {
        processes = List.copyOf(processes);
    }
}
