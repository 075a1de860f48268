package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of a scenario after it has been run and judged. Whether it passed follows from it, and from nothing
 * else.
 *
 * @param notRun why the processes could not be run at all; null if they were
 * @param tolerant whether what nobody can decide is only a warning
 * @param repeat the command that runs the scenario again
 */
public record ScenarioResult(
        Scenario scenario,
        Instant started,
        Duration duration,
        List<ProcessEnd> processes,
        List<ObjectResult> objects,
        List<FaultResult> faults,
        String notRun,
        boolean tolerant,
        String repeat) {

    public ScenarioResult {
        processes = List.copyOf(processes);
        objects = List.copyOf(objects);
        faults = List.copyOf(faults);
    }

    /** In the order in which a reader wants them: what the processes died of explains what they left undone. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (notRun != null) {
            problems.add(new Problem(Problem.Severity.ERROR, Problem.PROCESSES, "start", notRun, List.of()));
            return problems;
        }
        processes.stream()
                .filter(ProcessEnd::failed)
                .map(ScenarioResult::problem)
                .forEach(problems::add);
        boolean processFailed = !problems.isEmpty();
        objects.forEach(object -> addProblems(object, problems));
        // A process that was not struck may have done right, but nobody has seen what the user wanted to see.
        faults.stream()
                .filter(fault -> !fault.landed())
                .map(fault ->
                        new Problem(undecided(), Problem.FAULT, fault.fault().toString(), fault.sentence(), List.of()))
                .forEach(problems::add);
        // A process that died before it did anything has its own problem, and that is the reason for this one.
        if (!processFailed && objects.stream().noneMatch(this::isAbout)) {
            problems.add(new Problem(undecided(), Problem.PROCESSES, "recorded", nothingRecorded(), List.of()));
        }
        return problems;
    }

    private static Problem problem(ProcessEnd end) {
        List<String> details = new ArrayList<>();
        if (!end.lastErrors().isEmpty()) {
            details.add("the last it wrote to stderr:");
            end.lastErrors().forEach(line -> details.add("    " + line));
        }
        details.add("log: " + end.log());
        details.add("by hand: " + end.commandLine());
        return new Problem(Problem.Severity.FAILURE, Problem.PROCESSES, "exit", end.problem(), details);
    }

    private void addProblems(ObjectResult object, List<Problem> problems) {
        boolean first = true;
        for (Verdict verdict : object.verdict().verdicts()) {
            if (verdict instanceof Verdict.Violated violated) {
                problems.add(new Problem(
                        Problem.Severity.FAILURE,
                        object.title(),
                        violated.check(),
                        violated.sentence(),
                        first ? object.witness() : List.of()));
                first = false;
            } else if (verdict instanceof Verdict.Unknown unknown) {
                problems.add(new Problem(undecided(), object.title(), unknown.check(), unknown.why(), List.of()));
            }
        }
    }

    private boolean isAbout(ObjectResult object) {
        return scenario.goal().isAbout(object.verdict().kind())
                && object.verdict().statistics().operations() > 0;
    }

    private String nothingRecorded() {
        Goal goal = scenario.goal();
        String what = goal == Goal.VALUE ? "a shared value or lock" : "a " + goal;
        return "nothing was recorded: no process used " + what
                + " through Ipc or a Recorder, so there is nothing to judge"
                + (objects.isEmpty() ? "" : " but " + objects.get(0).title());
    }

    private Problem.Severity undecided() {
        return tolerant ? Problem.Severity.WARNING : Problem.Severity.ERROR;
    }

    public boolean passed() {
        return problems().stream().noneMatch(Problem::fails);
    }

    public long operations() {
        return objects.stream()
                .mapToLong(object -> object.verdict().statistics().operations())
                .sum();
    }
}
