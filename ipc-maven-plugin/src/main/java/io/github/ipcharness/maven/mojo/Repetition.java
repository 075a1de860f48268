package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.Durations;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * How long a scenario is run again and again, as long as it passes.
 *
 * @param times how often at most; empty if only the time counts
 * @param budget no run begins later; null if only the times count
 */
record Repetition(OptionalInt times, Duration budget) {

    private static final int MAX_TIMES = 1_000_000;

    /** Both may be null. */
    static Repetition parse(Integer repeat, String duration) {
        if (repeat != null && (repeat < 1 || repeat > MAX_TIMES)) {
            throw new InvalidScenarioException("ipc.repeat must be from 1 to " + MAX_TIMES + ": " + repeat);
        }
        Duration budget = duration == null ? null : Durations.parse("ipc.duration", duration);
        return repeat == null && budget != null
                ? new Repetition(OptionalInt.empty(), budget)
                : new Repetition(OptionalInt.of(repeat == null ? 1 : repeat), budget);
    }

    boolean isOnce() {
        return times.orElse(0) == 1;
    }

    /** Whether another run is to follow. */
    boolean goesOn(int runs, Duration since) {
        return (times.isEmpty() || runs < times.getAsInt()) && (budget == null || since.compareTo(budget) < 0);
    }
}
