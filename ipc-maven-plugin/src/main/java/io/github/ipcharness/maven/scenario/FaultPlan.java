package io.github.ipcharness.maven.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The faults of one run while they are being decided, one after the other; draws what the pom leaves out. */
final class FaultPlan {

    private static final long MAX_DRAWN_MILLIS = 100;

    private final Scenario run;
    private final boolean several;
    private final SplittableRandom random;
    private final List<Fault> faults = new ArrayList<>();

    /** @param run its own faults are not looked at */
    FaultPlan(Scenario run, List<FaultBuilder> builders) {
        this.run = run;
        this.several = builders.size() > 1;
        this.random = new SplittableRandom(run.seed());
        builders.forEach(builder -> builder.addTo(this));
    }

    Scenario run() {
        return run;
    }

    List<Fault> faults() {
        return faults;
    }

    void add(Fault fault) {
        if (fault.kind() == FaultKind.KILL && isKilled(fault.role(), fault.process())) {
            throw new InvalidScenarioException("faults.kill can strike each process once: " + fault.label());
        }
        faults.add(fault);
    }

    private boolean isKilled(Role role, int process) {
        return faults.stream()
                .anyMatch(
                        fault -> fault.kind() == FaultKind.KILL && fault.role() == role && fault.process() == process);
    }

    /** One of those that no kill is aimed at, if there are any. */
    int drawProcess(Role role) {
        int[] left = IntStream.range(0, run.program(role).count())
                .filter(process -> !isKilled(role, process))
                .toArray();
        return left.length <= 1 ? IntStream.of(left).findFirst().orElse(0) : left[random.nextInt(left.length)];
    }

    /**
     * Somewhere in the first three quarters of what the process will handle, so that something comes after. Of several
     * faults a kill comes late and the others early, since a kill takes away what they wait for. How many messages one
     * of several consumers of a queue will get nobody knows: for that a moment is drawn.
     */
    Trigger drawTrigger(FaultKind kind, Role role) {
        boolean kill = kind == FaultKind.KILL;
        double from = several && kill ? 0.5 : 0;
        double to = several && !kill ? 0.5 : 0.75;
        double part = from + (to - from) * random.nextDouble();
        if (run.goal() == Goal.QUEUE && role == Role.CONSUMER && run.consumer().count() > 1) {
            return Trigger.after(Duration.ofMillis(1 + (long) (part * MAX_DRAWN_MILLIS)));
        }
        return Trigger.afterMessages(1 + (long) (part * (run.messages() - 1)));
    }
}
