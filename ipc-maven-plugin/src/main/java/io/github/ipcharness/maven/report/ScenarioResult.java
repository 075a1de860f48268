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
        String notRun,
        boolean tolerant,
        String repeat) {

    public ScenarioResult {
        processes = List.copyOf(processes);
        objects = List.copyOf(objects);
    }

    /**
     * In the order in which a reader wants them: what a process died of explains what it left undone; but what the
     * histories prove explains why others hung.
     */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (notRun != null) {
            problems.add(new Problem(Problem.Severity.ERROR, "processes", "start", notRun, List.of()));
            return problems;
        }
        addEnds(false, problems);
        objects.forEach(object -> addProblems(object, problems));
        addEnds(true, problems);
        boolean processFailed = processes.stream().anyMatch(ProcessEnd::failed);
        // A process that died before it did anything has its own problem, and that is the reason for this one.
        if (!processFailed && objects.stream().noneMatch(this::isAbout)) {
            problems.add(new Problem(undecided(), "processes", "recorded", nothingRecorded(), List.of()));
        }
        return problems;
    }

    private void addEnds(boolean hung, List<Problem> problems) {
        processes.stream()
                .filter(end -> end.failed() && end.hung() == hung)
                .map(ScenarioResult::problem)
                .forEach(problems::add);
    }

    private static Problem problem(ProcessEnd end) {
        List<String> details = new ArrayList<>();
        if (!end.lastErrors().isEmpty()) {
            details.add("the last it wrote to stderr:");
            end.lastErrors().forEach(line -> details.add("    " + line));
        }
        details.add("log: " + end.log());
        details.add("by hand: " + end.commandLine());
        return new Problem(Problem.Severity.FAILURE, "processes", "exit", end.problem(), details);
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
        String what = what(goal);
        return "nothing was recorded: no process used " + what
                + " through Ipc or a Recorder, so there is nothing to judge"
                + (objects.isEmpty() ? "" : " but " + objects.get(0).title());
    }

    private static String what(Goal goal) {
        return switch (goal) {
            case QUEUE, PIPE -> "a " + goal;
            case VALUE -> "a shared value or lock";
            case START -> "anything shared";
        };
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
