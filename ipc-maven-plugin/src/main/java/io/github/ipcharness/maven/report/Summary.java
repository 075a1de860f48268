package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.scenario.Scenario;
import java.util.List;

/**
 * What {@code ipc:verify} has to know of a scenario: the content of its summary file.
 *
 * @param cell which cell of the execution; empty if it has only one
 * @param finishedMillis since 1970
 * @param runs how often it has been run; all the rest is of the last time
 * @param overlaps pairs of operations of different processes that were open at once
 * @param faults what became of each, a sentence each
 * @param runDirectory where the histories and logs are; null if it was skipped
 */
public record Summary(
        String goal,
        String id,
        String cell,
        Outcome outcome,
        long finishedMillis,
        long durationMillis,
        long runs,
        long operations,
        long overlaps,
        List<ObjectLine> objects,
        List<String> faults,
        List<Problem> problems,
        String runDirectory,
        String repeat) {

    /** What came of it. */
    public enum Outcome {
        PASSED,
        FAILED,
        /** It could not be run, or not be decided. */
        ERROR,
        SKIPPED
    }

    /** One object that was judged. */
    public record ObjectLine(String kind, String name, long operations, long pending, List<String> checks) {}

    public Summary {
        objects = objects == null ? List.of() : List.copyOf(objects);
        faults = faults == null ? List.of() : List.copyOf(faults);
        problems = problems == null ? List.of() : List.copyOf(problems);
    }

    static Summary of(ScenarioResult result, long finishedMillis, String runDirectory) {
        List<Problem> problems = result.problems();
        return new Summary(
                result.scenario().goal().toString(),
                result.scenario().id(),
                result.scenario().cell(),
                outcome(problems),
                finishedMillis,
                result.duration().toMillis(),
                result.runs(),
                result.operations(),
                result.strength().overlaps(),
                result.objects().stream().map(Summary::line).toList(),
                result.faults().stream().map(FaultResult::sentence).toList(),
                problems,
                runDirectory,
                result.repeat());
    }

    static Summary skipped(String goal, String id, long finishedMillis) {
        return new Summary(
                goal, id, "", Outcome.SKIPPED, finishedMillis, 0, 0, 0, 0, List.of(), List.of(), List.of(), null, null);
    }

    private static ObjectLine line(ObjectResult object) {
        return new ObjectLine(
                object.verdict().kind(),
                object.verdict().object(),
                object.verdict().statistics().operations(),
                object.verdict().statistics().pending(),
                object.verdict().verdicts().stream()
                        .map(io.github.ipcharness.maven.check.Verdict::check)
                        .distinct()
                        .toList());
    }

    /** A violation says more than a doubt beside it. */
    private static Outcome outcome(List<Problem> problems) {
        if (problems.stream().anyMatch(problem -> problem.severity() == Problem.Severity.FAILURE)) {
            return Outcome.FAILED;
        }
        return problems.stream().anyMatch(Problem::fails) ? Outcome.ERROR : Outcome.PASSED;
    }

    /** {@code queue orders}, {@code queue orders [17-to-25]}. */
    public String title() {
        return Scenario.title(goal, id, cell);
    }

    /** The execution that it is of, as {@link Scenario#fileName(io.github.ipcharness.maven.scenario.Goal, String)}. */
    String execution() {
        return goal + "-" + id;
    }

    String fileName() {
        return execution() + (cell.isEmpty() ? "" : Scenario.CELL + cell);
    }
}
