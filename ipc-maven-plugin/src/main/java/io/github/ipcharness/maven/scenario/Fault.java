package io.github.ipcharness.maven.scenario;

import java.time.Duration;

/**
 * One fault of a run, with nothing left to chance: what was to be drawn at random has been drawn, from the scenario's
 * seed.
 *
 * @param process which process of the role, from 0; of a starve, whose progress it waits for
 * @param trigger null for a slow that lasts from the beginning
 * @param duration how long it lasts; null if for ever
 * @param delay before each operation, of a slow; else null
 * @param drawn whether anything of it was drawn
 */
public record Fault(
        FaultKind kind, Role role, int process, Trigger trigger, Duration duration, Duration delay, boolean drawn) {

    /** The process that it strikes: {@code producer-0}. */
    public String label() {
        return role + "-" + process;
    }

    /** {@code kill producer-0 after 5,000 messages}, {@code pause consumer-1 for 500 ms after 200 ms}. */
    @Override
    public String toString() {
        String what = switch (kind) {
            case STARVE -> "starve every core";
            case SLOW -> "slow " + label() + " by " + Durations.write(delay);
            default -> kind + " " + label();
        };
        return what
                + (duration == null ? "" : " for " + Durations.write(duration))
                + (trigger == null ? "" : " " + trigger + (kind == FaultKind.STARVE ? " of " + label() : ""));
    }
}
