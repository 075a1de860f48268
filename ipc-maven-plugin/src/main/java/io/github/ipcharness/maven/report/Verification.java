package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.scenario.Goal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What {@code ipc:verify} decides, from the summaries that there are and those that there must be.
 *
 * @param summaries those that count
 * @param complaints what is missing, a sentence each
 */
public record Verification(List<Summary> summaries, List<String> complaints) {

    public Verification {
        summaries = List.copyOf(summaries);
        complaints = List.copyOf(complaints);
    }

    /**
     * @param expected the file names of the scenarios that the project's model has
     * @param notBeforeMillis summaries that finished earlier are another build's and do not count
     */
    public static Verification of(Summaries summaries, Set<String> expected, long notBeforeMillis) throws IOException {
        List<Summary> counted = new ArrayList<>();
        Set<String> missing = new java.util.TreeSet<>(expected);
        Set<String> stale = new java.util.HashSet<>();
        for (Summary summary : summaries.all()) {
            String name = summary.execution();
            if (summary.finishedMillis() < notBeforeMillis) {
                stale.add(name);
            } else {
                counted.add(summary);
                missing.remove(name);
            }
        }
        List<String> complaints = new ArrayList<>();
        for (String name : missing) {
            int dash = name.indexOf('-');
            complaints.add("the scenario " + name.substring(dash + 1) + " of ipc:" + name.substring(0, dash)
                    + " is configured but did not run"
                    + (stale.contains(name) ? "; its summary is from an earlier build" : "")
                    + (name.startsWith(Goal.START + "-")
                            ? " to its end, or nobody judged it (has ipc:stop run?)"
                            : " (is the goal bound to a phase after verify, or did an earlier goal stop it?)"));
        }
        if (counted.isEmpty() && expected.isEmpty()) {
            complaints.add(
                    "verify has nothing to verify: no goal queue, pipe, value or start of this plugin is configured"
                            + " or has run");
        }
        return new Verification(counted, complaints);
    }

    /** Whether the programs under test did wrong, or did not run: a failure rather than an error of the build. */
    public boolean failed() {
        return !complaints.isEmpty()
                || summaries.stream().anyMatch(summary -> summary.outcome() == Summary.Outcome.FAILED);
    }

    public boolean passed() {
        return complaints.isEmpty()
                && summaries.stream()
                        .flatMap(summary -> summary.problems().stream())
                        .noneMatch(Problem::fails);
    }

    /** Everything that is wrong, with its evidence, for the end of the build. */
    public String message() {
        return ConsoleReport.message(summaries, complaints);
    }

    /** One line when nothing is wrong. */
    public String praise() {
        long skipped = summaries.stream()
                .filter(summary -> summary.outcome() == Summary.Outcome.SKIPPED)
                .count();
        long passed = summaries.size() - skipped;
        long operations = summaries.stream().mapToLong(Summary::operations).sum();
        return Words.count(passed, "scenario") + " passed, " + Words.count(operations, "operation") + " judged"
                + (skipped == 0 ? "" : ", " + Words.count(skipped, "scenario") + " skipped");
    }
}
