package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.time.Duration;
import java.util.List;

/** What a run left. What its judges need stands in the directory. */
public record RunOutcome(RunDirectory directory, List<ProcessEnd> processes, Duration duration) {

    public RunOutcome {
        processes = List.copyOf(processes);
    }
}
