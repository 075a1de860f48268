package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Strength;
import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.Scenario;
import io.github.ipcharness.maven.scenario.Thresholds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * All that is known of a scenario after it has been run and judged. Whether it passed follows from it, and from nothing
 * else.
 *
 * @param runs how often it has been run, this last time included; all the times before it passed
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
        int runs,
        String notRun,
        boolean tolerant,
        String repeat) {

    public ScenarioResult {
        processes = List.copyOf(processes);
        objects = List.copyOf(objects);
        faults = List.copyOf(faults);
    }

    /**
     * In the order in which a reader wants them: what a process died of explains what it left undone; but what the
     * histories prove explains why others hung.
     */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (notRun != null) {
            problems.add(new Problem(Problem.Severity.ERROR, Problem.PROCESSES, "start", notRun, List.of()));
            return problems;
        }
        addEnds(false, problems);
        objects.forEach(object -> addProblems(object, problems));
        addEnds(true, problems);
        boolean processFailed = processes.stream().anyMatch(ProcessEnd::failed);
        // A process that was not struck may have done right, but nobody has seen what the user wanted to see.
        faults.stream()
                .filter(fault -> !fault.landed())
                .map(fault -> doubt(Problem.FAULT, fault.fault().toString(), fault.sentence()))
                .forEach(problems::add);
        // A process that died before it did anything has its own problem, and that is the reason for this one.
        if (!processFailed && objects.stream().noneMatch(this::isAbout)) {
            problems.add(doubt(Problem.PROCESSES, "recorded", nothingRecorded()));
        } else if (!processFailed) {
            tooWeak().forEach(why -> problems.add(doubt(Problem.PROCESSES, "strength", why)));
        }
        return problems;
    }

    private Problem doubt(String where, String check, String why) {
        return new Problem(undecided(), where, check, why, List.of());
    }

    private void addEnds(boolean hung, List<Problem> problems) {
        processes.stream()
                .filter(end -> end.failed() && end.hung() == hung)
                .map(ScenarioResult::problem)
                .forEach(problems::add);
    }

    private static Problem problem(ProcessEnd end) {
        List<String> details = new ArrayList<>(end.details());
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

    /** What of this goal's objects was put to the test. */
    Strength strength() {
        return Strength.of(objects.stream()
                .filter(this::isAbout)
                .map(object -> object.verdict().statistics().strength())
                .toList());
    }

    private List<String> tooWeak() {
        Strength strength = strength();
        Thresholds enough = scenario.enough();
        long operations = objects.stream()
                .filter(this::isAbout)
                .mapToLong(object -> object.verdict().statistics().operations())
                .sum();
        List<String> reasons = new ArrayList<>();
        if (strength.processes().size() < enough.processes()) {
            reasons.add("only " + String.join(" and ", strength.processes()) + " did anything with "
                    + objects.stream()
                            .filter(this::isAbout)
                            .map(ObjectResult::title)
                            .collect(Collectors.joining(", "))
                    + ", but ipc.minProcesses is " + enough.processes());
        }
        if (operations < enough.operations()) {
            reasons.add("only " + Words.count(operations, "operation") + " recorded, but ipc.minOperations is "
                    + Words.number(enough.operations()));
        }
        if (strength.overlaps() < enough.overlaps()) {
            reasons.add("only " + Words.count(strength.overlaps(), "pair") + " of operations of different processes"
                    + " overlapped, but ipc.minOverlaps is " + Words.number(enough.overlaps()));
        }
        return reasons;
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
