package io.github.ipcharness.maven.scenario;

/**
 * What a run must at least have put to the test. Below it nothing is proved, and the verdict is unknown.
 *
 * @param processes that did anything with what the goal is about
 * @param operations of theirs
 * @param overlaps pairs of operations of different processes that were open at once
 */
public record Thresholds(int processes, long operations, long overlaps) {

    /** @throws InvalidScenarioException if a number is too small */
    public Thresholds {
        atLeast("ipc.minProcesses", 1, processes);
        atLeast("ipc.minOperations", 1, operations);
        atLeast("ipc.minOverlaps", 0, overlaps);
    }

    private static void atLeast(String parameter, long least, long found) {
        if (found < least) {
            throw new InvalidScenarioException(parameter + " must be at least " + least + ": " + found);
        }
    }
}
