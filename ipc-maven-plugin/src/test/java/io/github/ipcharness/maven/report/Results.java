package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.Statistics;
import io.github.ipcharness.maven.check.Strength;
import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Results to report on. */
final class Results {

    static final String REPEAT = "mvn test-compile ipc:queue@orders";

    private Results() {}

    static ProcessEnd ended(String label) {
        return new ProcessEnd(
                label,
                4711,
                0,
                "exit code 0",
                null,
                false,
                310,
                "/run/" + label + ".log",
                "java " + label,
                List.of(),
                List.of());
    }

    static ProcessEnd hung(String label) {
        return new ProcessEnd(
                label,
                4713,
                137,
                "killed",
                label + " had not ended after 3 s (ipc.timeout) and was killed",
                true,
                3_010,
                "/run/" + label + ".log",
                "java " + label,
                List.of(),
                List.of("its threads, before it was killed:", "    \"main\" RUNNABLE"));
    }

    static ProcessEnd crashed(String label) {
        return new ProcessEnd(
                label,
                4712,
                137,
                "SIGKILL (exit code 137)",
                label + " was ended by SIGKILL (exit code 137)",
                false,
                150,
                "/run/" + label + ".log",
                "env IPC_HOME=/h java " + label,
                List.of("Exception in thread <main> & ]]> \u0001", "\tat A.main"),
                List.of());
    }

    static ObjectResult queue(Verdict... verdicts) {
        return queue(new Strength(List.of("consumer-0", "producer-0"), 5_000, 3, 9, 12, 0), verdicts);
    }

    static ObjectResult queue(Strength strength, Verdict... verdicts) {
        Statistics statistics = new Statistics(
                20_001,
                1,
                Map.of("put ok", 10_000L, "get ok", 10_000L),
                1_000_000_000L,
                1_250_000_000L,
                Map.of(),
                strength);
        ObjectVerdict verdict = new ObjectVerdict("orders", "queue", List.of(verdicts), statistics);
        boolean violated = verdict.firstViolation().isPresent();
        return new ObjectResult(
                verdict, violated ? List.of("put 17 by producer-0", "get 18 by consumer-0") : List.of());
    }

    static ObjectResult value() {
        return value("state");
    }

    static ObjectResult value(String name) {
        Statistics statistics = new Statistics(
                3_000,
                0,
                Map.of("write ok", 1_000L, "read ok", 2_000L),
                0,
                500_000_000L,
                Map.of("consumer-0", 612L),
                new Strength(List.of("consumer-0", "producer-0"), 700, 2, 0, 0, 0));
        return new ObjectResult(new ObjectVerdict(name, "value", List.of(passed("register")), statistics), List.of());
    }

    static Verdict passed(String check) {
        return new Verdict.Passed(check, "fine");
    }

    static Verdict violated(String check) {
        return new Verdict.Violated(check, "17 was put before 18, but \"18\" was taken first", new int[] {1, 2});
    }

    static Verdict unknown(String check) {
        return new Verdict.Unknown(check, "the search took too long");
    }

    static ScenarioResult result(List<ProcessEnd> processes, ObjectResult... objects) {
        return result(false, processes, objects);
    }

    static ScenarioResult result(boolean tolerant, List<ProcessEnd> processes, ObjectResult... objects) {
        Scenario scenario = new Scenario.Builder(Goal.QUEUE, "orders", Path.of("/")).build();
        return new ScenarioResult(
                scenario,
                Instant.EPOCH,
                Duration.ofMillis(620),
                processes,
                List.of(objects),
                List.of(),
                1,
                null,
                tolerant,
                REPEAT);
    }

    static ScenarioResult passing() {
        return result(List.of(ended("producer-0"), ended("consumer-0")), queue(passed("order"), passed("loss")));
    }

    static ScenarioResult failing() {
        return result(List.of(ended("producer-0"), ended("consumer-0")), queue(violated("order"), passed("loss")));
    }
}
