package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.time.Duration;
import java.util.List;

/**
 * What a run left, besides its directory.
 *
 * @param drained whether at its end everything acknowledged had to be out: not so after a process failed
 * @param stalled whether its time was over before its processes had ended
 */
public record RunOutcome(
        RunDirectory directory, List<ProcessEnd> processes, boolean drained, boolean stalled, Duration duration) {

    public RunOutcome {
        processes = List.copyOf(processes);
    }
}
