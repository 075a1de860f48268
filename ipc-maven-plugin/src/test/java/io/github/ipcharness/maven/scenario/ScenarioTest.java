package io.github.ipcharness.maven.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {

    @TempDir
    Path directory;

    private Scenario.Builder builder() {
        return new Scenario.Builder(Goal.QUEUE, "orders", directory);
    }

    private static ProgramBuilder producer() {
        return new ProgramBuilder(Role.PRODUCER);
    }

    private void assertRefused(Scenario.Builder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage(message);
    }

    @Test
    void withNoConfigurationTheBuiltInProgramsRun() {
        Scenario scenario = builder().build();

        assertThat(scenario.producer().mainClass()).isEqualTo("io.github.ipcharness.ipc.worker.QueueProducer");
        assertThat(scenario.consumer().mainClass()).isEqualTo("io.github.ipcharness.ipc.worker.QueueConsumer");
        assertThat(scenario.producer().builtIn()).isTrue();
        assertThat(scenario.producer().count()).isEqualTo(1);
        assertThat(scenario.messages()).isEqualTo(10_000);
        assertThat(scenario.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(scenario.capacity()).isEmpty();
        assertThat(scenario.producer().workingDirectory()).isEqualTo(directory);
        assertThat(scenario.fileName()).isEqualTo("queue-orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "../up", "a\\b", " a", "a ", ".hidden", "dot.", "a:b", "tab\t"})
    void anIdThatCannotNameAFileIsRefused(String id) {
        assertThatThrownBy(() -> new Scenario.Builder(Goal.PIPE, id, directory).build())
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessageContaining("execution's id")
                .hasMessageEndingWith(": " + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "default-cli", "größe 2", "a.b_c-d"})
    void anOrdinaryIdIsAccepted(String id) {
        assertThat(new Scenario.Builder(Goal.PIPE, id, directory).build().id()).isEqualTo(id);
    }

    @Test
    void numbersOutsideTheirLimitsAreRefusedWithTheLimits() {
        assertRefused(builder().messages(-5), "ipc.messages must be from 1 to 2000000000: -5");
        assertRefused(builder().messages(2_000_000_001), "ipc.messages must be from 1 to 2000000000: 2000000001");
        assertRefused(builder().messageSize(7), "ipc.messageSize must be from 8 to 67108864: 7");
        assertRefused(builder().capacity(0), "ipc.capacity must be from 1 to 1073741824: 0");
        assertRefused(builder().producer(producer().count(0)), "producer.count must be from 1 to 64: 0");
        assertRefused(
                builder().consumer(new ProgramBuilder(Role.CONSUMER).count(65)),
                "consumer.count must be from 1 to 64: 65");
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "60s,PT1M", "2m,PT2M", "1h,PT1H", "' 5 s ',PT5S"})
    void aDurationHasItsUnit(String text, Duration duration) {
        assertThat(builder().timeout(text).build().timeout()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "", "s", "-1s", "1.5s", "1 day", "99999999999s"})
    void aDurationWithoutAUnitIsRefused(String text) {
        assertRefused(
                builder().timeout(text),
                "ipc.timeout must be a whole number with its unit (500ms, 60s, 2m, 1h): " + text);
    }

    @Test
    void noTimeAtAllIsRefused() {
        assertRefused(builder().timeout("0s"), "ipc.timeout must be more than nothing: 0s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1500 ms", "60 s", "2 m", "1 h", "90 s"})
    void aDurationIsWrittenAsItWasRead(String text) {
        assertThat(Durations.write(Durations.parse("x", text))).isEqualTo(text);
    }

    @Test
    void aProgramIsAMainClassOrACommandAndNotBoth() {
        assertRefused(
                builder().producer(producer().mainClass("com.acme.Main").command(List.of("sh", "run.sh"))),
                "producer: give mainClass or command, not both: mainClass is com.acme.Main, command is sh run.sh");
        assertRefused(
                builder().producer(producer().command(List.of("", "x"))),
                "producer.command must begin with a program's name: [, x]");
    }

    @Test
    void whatOnlyAJvmUnderstandsIsRefusedForACommand() {
        assertRefused(
                builder().producer(producer().command(List.of("sh")).jvmArgs(List.of("-Xmx1g"))),
                "producer.jvmArgs are for a mainClass, a command starts its own JVM: -Xmx1g");
        assertRefused(
                builder().producer(producer().command(List.of("sh")).systemProperties(Map.of("batch", "10"))),
                "producer.systemProperties are for a mainClass, use environment with a command: batch");
    }

    @Test
    void stopWhenIsExitOrDrainedAndDrainedIsForConsumersOfTheUser() {
        assertRefused(
                builder().producer(producer().mainClass("A").stopWhen("later")),
                "producer.stopWhen must be exit or drained: later");
        assertRefused(
                builder().producer(producer().mainClass("A").stopWhen("drained")),
                "producer.stopWhen must be exit, only a consumer can wait until all is taken: drained");
        assertRefused(
                builder().consumer(new ProgramBuilder(Role.CONSUMER).stopWhen("drained")),
                "consumer.stopWhen must be exit for the built-in program, which ends by itself: drained");
        assertThat(builder()
                        .consumer(
                                new ProgramBuilder(Role.CONSUMER).mainClass("A").stopWhen("drained"))
                        .build()
                        .consumer()
                        .stopWhen())
                .isEqualTo(StopWhen.DRAINED);
    }

    @Test
    void aWorkingDirectoryMustExist() {
        assertRefused(
                builder().producer(producer().workingDirectory(Path.of("nowhere"))),
                "producer.workingDirectory must be a directory that exists: " + directory.resolve("nowhere"));
    }

    @Test
    void emptyElementsOfAPomAreEmptyStrings() {
        ProgramSpec program = builder()
                .producer(producer()
                        .mainClass("A")
                        .arguments(Arrays.asList("a", null))
                        .environment(Collections.singletonMap("EMPTY", null)))
                .build()
                .producer();

        assertThat(program.arguments()).containsExactly("a", "");
        assertThat(program.environment()).containsEntry("EMPTY", "");
    }

    @Test
    void aGoalIsAboutItsOwnKinds() {
        assertThat(Goal.QUEUE.isAbout("queue")).isTrue();
        assertThat(Goal.QUEUE.isAbout("pipe")).isFalse();
        assertThat(Goal.VALUE.isAbout("value")).isTrue();
        assertThat(Goal.VALUE.isAbout("lock")).isTrue();
    }

    @Test
    void thresholdsThatNothingCouldMissAreRefused() {
        assertThatThrownBy(() -> new Thresholds(0, 1, 0))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("ipc.minProcesses must be at least 1: 0");
        assertThatThrownBy(() -> new Thresholds(2, 0, 0))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("ipc.minOperations must be at least 1: 0");
        assertThatThrownBy(() -> new Thresholds(2, 1, -1))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("ipc.minOverlaps must be at least 0: -1");
    }
}
