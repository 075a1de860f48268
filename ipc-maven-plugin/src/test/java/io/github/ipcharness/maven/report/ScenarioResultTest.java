package io.github.ipcharness.maven.report;

import static io.github.ipcharness.maven.report.Results.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.check.Strength;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Scenario;
import io.github.ipcharness.maven.scenario.Thresholds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioResultTest {

    @Test
    void itPassesIfNothingIsWrong() {
        assertThat(passing().problems()).isEmpty();
        assertThat(passing().passed()).isTrue();
    }

    @Test
    void aViolationIsAFailureWithItsWitness() {
        assertThat(failing().passed()).isFalse();
        assertThat(failing().problems())
                .containsExactly(new Problem(
                        Problem.Severity.FAILURE,
                        "queue orders",
                        "order",
                        "17 was put before 18, but \"18\" was taken first",
                        List.of("put 17 by producer-0", "get 18 by consumer-0")));
    }

    @Test
    void aDoubtIsAnErrorUnlessItIsTolerated() {
        ScenarioResult strict = result(false, List.of(ended("producer-0")), queue(unknown("order")));
        ScenarioResult tolerant = result(true, List.of(ended("producer-0")), queue(unknown("order")));

        assertThat(strict.passed()).isFalse();
        assertThat(strict.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.ERROR);
        assertThat(tolerant.passed()).isTrue();
        assertThat(tolerant.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
    }

    @Test
    void nothingRecordedIsADoubt() {
        assertThat(result(List.of(ended("producer-0"))).problems())
                .extracting(Problem::sentence)
                .containsExactly("nothing was recorded: no process used a queue through Ipc or a Recorder,"
                        + " so there is nothing to judge");
    }

    @Test
    void anotherKindsObjectDoesNotStandForTheGoals() {
        assertThat(result(List.of(ended("producer-0")), value()).problems())
                .extracting(Problem::sentence)
                .containsExactly("nothing was recorded: no process used a queue through Ipc or a Recorder,"
                        + " so there is nothing to judge but value state");
    }

    @Test
    void aCrashIsAFailureAndTheReasonWhyNothingWasRecorded() {
        List<Problem> problems =
                result(List.of(crashed("producer-0"), ended("consumer-0"))).problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).severity()).isEqualTo(Problem.Severity.FAILURE);
        assertThat(problems.get(0).details())
                .contains(
                        "the last it wrote to stderr:",
                        "    \tat A.main",
                        "log: /run/producer-0.log",
                        "by hand: env IPC_HOME=/h java producer-0");
    }

    @Test
    void whatTheHistoriesProveComesBeforeWhoHungForIt() {
        ScenarioResult result = result(List.of(hung("producer-0"), crashed("consumer-0")), queue(violated("order")));

        assertThat(result.problems())
                .extracting(Problem::sentence)
                .containsExactly(
                        "consumer-0 was ended by SIGKILL (exit code 137)",
                        "17 was put before 18, but \"18\" was taken first",
                        "producer-0 had not ended after 3 s (ipc.timeout) and was killed");
    }

    @Test
    void oneProcessAloneProvesNothing() {
        Strength strength = new Strength(List.of("producer-0"), 0, 1, 0, 0, 0);
        ScenarioResult result = result(List.of(ended("producer-0")), queue(strength, passed("order")));

        assertThat(result.passed()).isFalse();
        assertThat(result.problems())
                .containsExactly(new Problem(
                        Problem.Severity.ERROR,
                        "processes",
                        "strength",
                        "only producer-0 did anything with queue orders, but ipc.minProcesses is 2",
                        List.of()));
    }

    @Test
    void tooLittleIsADoubt() {
        Scenario.Builder demanding =
                new Scenario.Builder(Goal.QUEUE, "orders", Path.of("/")).enough(new Thresholds(2, 20_002, 5_001));
        ScenarioResult result = new ScenarioResult(
                demanding.build(),
                Instant.EPOCH,
                Duration.ZERO,
                List.of(),
                List.of(queue(passed("order"))),
                List.of(),
                1,
                null,
                false,
                null);

        assertThat(result.problems())
                .extracting(Problem::sentence)
                .containsExactly(
                        "only 20,001 operations recorded, but ipc.minOperations is 20,002",
                        "only 5,000 pairs of operations of different processes overlapped,"
                                + " but ipc.minOverlaps is 5,001");
    }
}
