package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.Landings;
import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.check.RunHistories;
import io.github.ipcharness.maven.report.ConsoleReport;
import io.github.ipcharness.maven.report.FaultResult;
import io.github.ipcharness.maven.report.JUnitXmlReport;
import io.github.ipcharness.maven.report.ObjectResult;
import io.github.ipcharness.maven.report.ScenarioResult;
import io.github.ipcharness.maven.run.ClassPath;
import io.github.ipcharness.maven.run.CouldNotRunException;
import io.github.ipcharness.maven.run.Jvm;
import io.github.ipcharness.maven.run.RunDirectory;
import io.github.ipcharness.maven.run.RunOutcome;
import io.github.ipcharness.maven.run.ScenarioRunner;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/**
 * The straight line of one scenario: run, read what was recorded, judge, report.
 *
 * @param number which run of this scenario it is, from 1
 * @param tolerant whether what cannot be decided is only a warning
 * @param tellsProblems whether to write on the console what is wrong; not so if the caller is about to throw it
 * @param repeat the command that runs it again
 */
record ScenarioExecution(
        Scenario scenario,
        int number,
        Judge judge,
        Jvm jvm,
        ClassPath classPath,
        Layout layout,
        Path reportsDirectory,
        boolean keepRuns,
        boolean tolerant,
        boolean tellsProblems,
        String repeat,
        Log log) {

    static void skip(Goal goal, String id, Layout layout, Path reportsDirectory) throws IOException {
        if (Scenario.isName(id)) {
            forget(goal, id, layout, reportsDirectory);
            layout.summaries().writeSkipped(goal, id);
        }
    }

    /** Deletes what an earlier build left of an execution: it must not stand for this one, should it die. */
    static void forget(Goal goal, String id, Layout layout, Path reportsDirectory) throws IOException {
        JUnitXmlReport.delete(reportsDirectory, goal, id);
        layout.summaries().delete(goal, id);
        layout.deleteRuns(goal, id);
    }

    ScenarioResult run() throws IOException, InterruptedException {
        announce();
        ScenarioResult result = runAndJudge();
        report(result, tellsProblems);
        return result;
    }

    /** What an earlier run left must not stand for this one, should it die. */
    void announce() throws IOException {
        layout.summaries().delete(scenario);
        JUnitXmlReport.delete(reportsDirectory, scenario);
        if (number == 1) {
            log.info(ConsoleReport.header(scenario));
        }
        ConsoleReport.plan(scenario).forEach(log::info);
    }

    ScenarioRunner runner() {
        return new ScenarioRunner(scenario, jvm, classPath, directory(), layout.root(), log::info);
    }

    /** @throws MojoFailureException if the programs did wrong */
    void requirePassed(ScenarioResult result) throws MojoExecutionException, MojoFailureException {
        Failures failures = new Failures();
        failures.add(this, result);
        failures.throwIfAny();
    }

    RunDirectory directory() {
        return layout.run(scenario);
    }

    void report(ScenarioResult result, boolean tellsProblems) throws IOException {
        tell(result, tellsProblems);
        JUnitXmlReport.write(result, reportsDirectory);
        layout.summaries().write(result, directory().root());
        if (result.passed() && !keepRuns) {
            directory().delete();
        }
    }

    private ScenarioResult runAndJudge() throws InterruptedException {
        Instant started = Instant.now();
        try {
            return result(started, runner().run());
        } catch (CouldNotRunException e) {
            return notRun(started, e);
        }
    }

    ScenarioResult notRun(Instant started, CouldNotRunException e) {
        return notJudged(started, Duration.between(started, Instant.now()), List.of(), e.getMessage());
    }

    ScenarioResult result(Instant started, RunOutcome outcome) {
        try {
            return new ScenarioResult(
                    scenario,
                    started,
                    outcome.duration(),
                    outcome.processes(),
                    judge(outcome),
                    faults(outcome),
                    number,
                    null,
                    tolerant,
                    repeat);
        } catch (IOException e) {
            String why = "the histories could not be read: " + e.getMessage();
            return notJudged(started, outcome.duration(), outcome.processes(), why);
        }
    }

    private List<ObjectResult> judge(RunOutcome outcome) throws IOException {
        List<ObjectResult> results = new ArrayList<>();
        RunDirectory directory = outcome.directory();
        RunFacts facts = RunFacts.read(directory.exits());
        for (History history : RunHistories.read(directory.histories(), facts)) {
            results.add(ObjectResult.of(judge, history, outcome.faults()));
        }
        return results;
    }

    private static List<FaultResult> faults(RunOutcome outcome) throws IOException {
        Landings landings = new Landings(outcome.directory().histories());
        List<FaultResult> results = new ArrayList<>();
        for (FaultEvent event : outcome.faults()) {
            results.add(FaultResult.of(event, landings));
        }
        return results;
    }

    private ScenarioResult notJudged(Instant started, Duration duration, List<ProcessEnd> processes, String why) {
        return new ScenarioResult(
                scenario, started, duration, processes, List.of(), List.of(), number, why, tolerant, repeat);
    }

    private void tell(ScenarioResult result, boolean tellsProblems) {
        if (number == 1 || !result.passed()) {
            ConsoleReport.body(result).forEach(log::info);
        }
        if (result.passed()) {
            ConsoleReport.problems(result).forEach(log::warn);
            log.info(ConsoleReport.passed(result));
        } else if (tellsProblems) {
            ConsoleReport.problems(result).forEach(log::error);
        }
    }
}
