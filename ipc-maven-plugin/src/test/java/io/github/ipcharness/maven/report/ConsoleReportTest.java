package io.github.ipcharness.maven.report;

import static io.github.ipcharness.maven.report.Results.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

    @Test
    void theHeaderSaysWhatIsAboutToRun() {
        Scenario scenario = new Scenario.Builder(Goal.PIPE, "chat", Path.of("/"))
                .producer(new ProgramBuilder(Role.PRODUCER).count(2))
                .consumer(new ProgramBuilder(Role.CONSUMER).mainClass("com.acme.Receiver"))
                .build();

        assertThat(ConsoleReport.header(scenario))
                .isEqualTo("pipe chat: 2 producers (built-in), 1 consumer (com.acme.Receiver), 10,000 messages each");
    }

    @Test
    void aPassedScenarioIsAFewLines() {
        assertThat(ConsoleReport.body(passing()))
                .containsExactly(
                        "  producer-0  pid 4711     exit 0  0.31 s",
                        "  consumer-0  pid 4711     exit 0  0.31 s",
                        "  queue orders: 20,001 operations judged, 1 of them never returned, by: order, loss",
                        "    10,000 messages in 0.25 s: 40,000 messages/s",
                        "  strength: 5,000 pairs of operations of different processes overlapped,"
                                + " at most 3 open at once, wrapped 9 times, found empty 12 times,"
                                + " 1 operation pending, stamps of one clock, widened by 0 ns");
        assertThat(ConsoleReport.passed(passing())).isEqualTo("  PASSED in 0.62 s");
        assertThat(ConsoleReport.problems(passing())).isEmpty();
    }

    @Test
    void stampsOfSeveralClocksAreNotCalledComparable() {
        assertThat(ConsoleReport.body(result(List.of(ended("producer-0")), queue(unknown("clock")))))
                .anyMatch(line -> line.startsWith("  strength: "))
                .noneMatch(line -> line.contains("one clock"));
    }

    @Test
    void valuesThatAReaderMissedAreCounted() {
        assertThat(ConsoleReport.body(result(List.of(ended("consumer-0")), value())))
                .contains(
                        "    1,000 updates in 0.50 s: 2,000 updates/s",
                        "    consumer-0 missed 612 of the values written, as a slower reader may");
    }

    @Test
    void manyObjectsOfOneKindShareALine() {
        ScenarioResult result = result(
                List.of(), value("state"), value("cell[2]"), value("cell[10]"), value("at"), queue(passed("order")));

        assertThat(ConsoleReport.body(result))
                .contains(
                        "  value at, cell[2, 10], state: 12,000 operations judged, by: register",
                        "    4,000 updates in 0.50 s: 8,000 updates/s",
                        "    consumer-0 missed 2,448 of the values written, as a slower reader may",
                        "  queue orders: 20,001 operations judged, 1 of them never returned, by: order");
    }

    @Test
    void aFailureIsASentenceItsEvidenceAndHowToSeeItAgain() {
        assertThat(ConsoleReport.problems(failing()))
                .containsExactly(
                        "  FAILED: 17 was put before 18, but \"18\" was taken first (order of queue orders)",
                        "    put 17 by producer-0",
                        "    get 18 by consumer-0",
                        "    logs: /run/{producer-0,consumer-0}.log",
                        "    repeat: mvn test-compile ipc:queue@orders");
    }

    @Test
    void aCrashIsToldInTheProcessesLineAndInASentence() {
        ScenarioResult result = result(List.of(crashed("producer-0"), ended("consumer-0")));

        assertThat(ConsoleReport.body(result)).contains("  producer-0  pid 4712     SIGKILL (exit code 137)  0.15 s");
        assertThat(ConsoleReport.problems(result))
                .contains("  FAILED: producer-0 was ended by SIGKILL (exit code 137)");
    }

    @Test
    void aDoubtIsNotCalledAFailure() {
        assertThat(ConsoleReport.problems(result(List.of(ended("producer-0")), queue(unknown("order")))))
                .first()
                .asString()
                .startsWith("  UNKNOWN: the search took too long");
    }
}
