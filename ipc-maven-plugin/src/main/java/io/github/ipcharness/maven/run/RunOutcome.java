package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a run left. What its judges need stands in the directory. */
public record RunOutcome(
        RunDirectory directory, List<ProcessEnd> processes, List<FaultEvent> faults, Duration duration) {

    public RunOutcome {
        processes = List.copyOf(processes);
        faults = List.copyOf(faults);
    }

    /** The ids of the processes that faults have killed. */
    Set<Long> killed() {
        return faults.stream()
                .filter(FaultEvent::hasKilled)
                .flatMap(event -> event.pids().stream())
                .collect(Collectors.toSet());
    }
}
