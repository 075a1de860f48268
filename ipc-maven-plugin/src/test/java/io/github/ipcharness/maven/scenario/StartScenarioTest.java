package io.github.ipcharness.maven.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is different where the processes live on while tests run. */
class StartScenarioTest {

    @TempDir
    Path directory;

    private Scenario.Builder builder() {
        return new Scenario.Builder(Goal.START, "shop", directory);
    }

    private static ProgramBuilder program(Role role) {
        return new ProgramBuilder(role).mainClass("com.acme.Main");
    }

    private void assertRefused(Scenario.Builder builder, String message) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage(message);
    }

    @Test
    void aProgramThatIsNotNamedDoesNotRun() {
        Scenario scenario = builder().consumer(program(Role.CONSUMER)).build();

        assertThat(scenario.producer().count()).isZero();
        assertThat(scenario.producer().builtIn()).isFalse();
        assertThat(scenario.consumer().count()).isEqualTo(1);
        assertThat(scenario.fileName()).isEqualTo("start-shop");
    }

    @Test
    void aProgramOfWhichOnlySomethingIsSaidIsAMistake() {
        String message = "producer must have a mainClass or a command: ipc:start has no programs of its own";

        assertRefused(builder().producer(new ProgramBuilder(Role.PRODUCER).count(2)), message);
        assertRefused(builder().producer(new ProgramBuilder(Role.PRODUCER).readyWhen("open", null, null)), message);
    }

    @Test
    void aProducerIsStoppedAndAConsumerOnceAllIsTakenUnlessTheUserSaysOtherwise() {
        Scenario scenario = builder()
                .producer(program(Role.PRODUCER))
                .consumer(program(Role.CONSUMER))
                .build();
        Scenario other = builder()
                .producer(program(Role.PRODUCER).stopWhen("exit"))
                .consumer(program(Role.CONSUMER).stopWhen("stop"))
                .build();

        assertThat(scenario.producer().stopWhen()).isEqualTo(StopWhen.STOP);
        assertThat(scenario.consumer().stopWhen()).isEqualTo(StopWhen.DRAINED);
        assertThat(other.producer().stopWhen()).isEqualTo(StopWhen.EXIT);
        assertThat(other.consumer().stopWhen()).isEqualTo(StopWhen.STOP);
        assertRefused(
                builder().consumer(program(Role.CONSUMER).stopWhen("later")),
                "consumer.stopWhen must be exit, drained or stop: later");
        assertRefused(
                builder().producer(program(Role.PRODUCER).stopWhen("drained")),
                "producer.stopWhen must be exit or stop, only a consumer can wait until all is taken: drained");
    }

    @Test
    void everythingMustBeTakenOnlyIfAConsumerIsThereToTakeIt() {
        assertThat(builder().build().drained()).isFalse();
        assertThat(builder().producer(program(Role.PRODUCER)).build().drained()).isFalse();
        assertThat(builder()
                        .consumer(program(Role.CONSUMER).stopWhen("stop"))
                        .build()
                        .drained())
                .isFalse();
        assertThat(builder().consumer(program(Role.CONSUMER)).build().drained()).isTrue();
        assertThat(builder()
                        .consumer(program(Role.CONSUMER))
                        .drained(false)
                        .build()
                        .drained())
                .isFalse();
    }

    @Test
    void oneSignSaysThatAProgramIsReady() {
        assertThat(ready(program(Role.CONSUMER))).isEqualTo(new ReadyWhen.Started());
        assertThat(ready(program(Role.CONSUMER).readyWhen(null, "target/port", null)))
                .isEqualTo(new ReadyWhen.FileWritten(directory.resolve("target/port")));
        assertThat(ready(program(Role.CONSUMER).readyWhen(null, null, "orders")))
                .isEqualTo(new ReadyWhen.ObjectOpened("orders"));
        assertThat(ready(program(Role.CONSUMER).readyWhen("open for \\w+", null, null)))
                .isInstanceOfSatisfying(
                        ReadyWhen.LogLine.class,
                        line -> assertThat(line.pattern()).asString().isEqualTo("open for \\w+"));
    }

    private ReadyWhen ready(ProgramBuilder consumer) {
        return builder().consumer(consumer).build().consumer().readyWhen();
    }

    @Test
    void aSignThatCannotBeIsRefused() {
        assertRefused(
                builder().consumer(program(Role.CONSUMER).readyWhen("open", "port", null)),
                "consumer.readyWhen must have one of log, file and object, not 2");
        assertThatThrownBy(() -> builder()
                        .consumer(program(Role.CONSUMER).readyWhen("(open", null, null))
                        .build())
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessageStartingWith("consumer.readyWhen.log must be a regular expression (")
                .hasMessageEndingWith("): (open");
        assertRefused(
                new Scenario.Builder(Goal.QUEUE, "orders", directory)
                        .consumer(program(Role.CONSUMER).readyWhen("open", null, null)),
                "consumer.readyWhen is for ipc:start, which waits for it; nothing waits in ipc:queue");
    }
}
