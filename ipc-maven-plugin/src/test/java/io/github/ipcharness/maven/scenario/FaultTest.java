package io.github.ipcharness.maven.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    /** @param parameters {@code role=producer} */
    private static FaultBuilder fault(String name, String... parameters) {
        FaultBuilder builder = new FaultBuilder(name);
        for (String parameter : parameters) {
            int equals = parameter.indexOf('=');
            builder.set(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        return builder;
    }

    private static Scenario scenario(Goal goal, long seed, FaultBuilder... faults) {
        return new Scenario.Builder(goal, "orders", Path.of("/"))
                .producer(new ProgramBuilder(Role.PRODUCER).count(3))
                .consumer(new ProgramBuilder(Role.CONSUMER).count(2))
                .messages(1000)
                .seed(seed)
                .faults(Arrays.asList(faults))
                .build();
    }

    private static List<String> words(FaultBuilder... faults) {
        return scenario(Goal.QUEUE, 1, faults).faults().stream()
                .map(Fault::toString)
                .toList();
    }

    private static void assertRefused(String message, String name, String... parameters) {
        assertThatThrownBy(() -> scenario(Goal.QUEUE, 1, fault(name, parameters)))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage(message);
    }

    @Test
    void eachFaultSaysWhatItIs() {
        assertThat(words(
                        fault("kill", "role=producer", "process=1", "afterMessages=5000"),
                        fault("pause", "role=consumer", "process=0", "after=200ms", "duration=500ms"),
                        fault("restart", "role=consumer", "process=1", "afterMessages=1"),
                        fault("slow", "role=consumer", "process=0", "delay=200us"),
                        fault("slow", "role=consumer", "process=0", "delay=1ms", "after=1s", "duration=2s"),
                        fault("starve", "process=2", "after=100ms", "duration=1s")))
                .containsExactly(
                        "kill producer-1 after 5,000 messages",
                        "pause consumer-0 for 500 ms after 200 ms",
                        "restart consumer-1 after 1 message",
                        "slow consumer-0 by 200 us",
                        "slow consumer-0 by 1 ms for 2 s after 1 s",
                        "starve every core for 1 s after 100 ms of producer-2");
    }

    @Test
    void allMeansEachProcessOfTheRole() {
        assertThat(words(fault("kill", "role=producer", "process=all", "after=1s")))
                .containsExactly("kill producer-0 after 1 s", "kill producer-1 after 1 s", "kill producer-2 after 1 s");
    }

    @Test
    void whatIsLeftOutIsDrawnFromTheSeed() {
        FaultBuilder kill = fault("kill", "role=producer");

        assertThat(scenario(Goal.QUEUE, 7, kill)).isEqualTo(scenario(Goal.QUEUE, 7, kill));
        assertThat(scenario(Goal.QUEUE, 7, kill).faults())
                .isNotEqualTo(scenario(Goal.QUEUE, 8, kill).faults());
        for (int seed = 0; seed < 100; seed++) {
            Fault drawn = scenario(Goal.QUEUE, seed, kill).faults().get(0);
            assertThat(drawn.drawn()).isTrue();
            assertThat(drawn.process()).isBetween(0, 2);
            assertThat(drawn.trigger().messages()).isBetween(1L, 751L);
        }
    }

    @Test
    void aKillThatIsDrawnLeavesTheOthersSomethingToMeet() {
        for (int seed = 0; seed < 100; seed++) {
            List<Fault> drawn = scenario(
                            Goal.QUEUE,
                            seed,
                            fault("kill", "role=producer"),
                            fault("kill", "role=producer"),
                            fault("pause", "role=producer", "duration=1ms"))
                    .faults();

            assertThat(drawn.stream().map(Fault::process)).doesNotHaveDuplicates();
            assertThat(drawn.get(0).trigger().messages()).isBetween(500L, 751L);
            assertThat(drawn.get(2).trigger().messages()).isBetween(1L, 501L);
        }
    }

    @Test
    void whenNobodyKnowsHowManyMessagesItGetsAMomentIsDrawn() {
        for (int seed = 0; seed < 100; seed++) {
            Fault drawn = scenario(Goal.QUEUE, seed, fault("kill", "role=consumer"))
                    .faults()
                    .get(0);
            assertThat(drawn.trigger().after()).isBetween(Duration.ofMillis(1), Duration.ofMillis(100));
        }
    }

    @Test
    void aProcessDiesOnce() {
        assertThatThrownBy(() -> scenario(
                        Goal.QUEUE,
                        1,
                        fault("kill", "role=consumer", "process=all"),
                        fault("kill", "role=consumer", "process=1")))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("faults.kill can strike each process once: consumer-1");
    }

    @Test
    void onlyWhatWasDrawnNeedsTheSeed() {
        Scenario decided = new Scenario.Builder(Goal.QUEUE, "orders", Path.of("/"))
                .producer(new ProgramBuilder(Role.PRODUCER).mainClass("A"))
                .consumer(new ProgramBuilder(Role.CONSUMER).mainClass("A"))
                .faults(List.of(fault("kill", "role=producer", "after=1s")))
                .build();

        assertThat(decided.hasDrawn()).isFalse();
        assertThat(scenario(Goal.QUEUE, 1).hasDrawn()).isTrue();
    }

    @Test
    void anUnknownFaultOrParameterIsRefused() {
        assertRefused("faults must be of kill, pause, restart, slow and starve: explode", "explode");
        assertRefused(
                "faults.kill must have parameters of role, process, after, afterMessages: duration",
                "kill",
                "role=producer",
                "duration=1s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "Producer", "all"})
    void aRoleIsProducerOrConsumer(String role) {
        assertRefused("faults.kill.role must be producer or consumer: " + role, "kill", "role=" + role);
    }

    @Test
    void aRoleIsNeeded() {
        assertRefused("faults.kill.role must be producer or consumer: none is given", "kill", "after=1s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "1.5", "2000000001", "99999999999999999999"})
    void aNumberOfMessagesIsWholeAndMoreThanNone(String number) {
        assertRefused(
                "faults.kill.afterMessages must be a whole number from 1 to 2000000000: " + number,
                "kill",
                "role=producer",
                "afterMessages=" + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "-5s", "soon"})
    void aDurationHasItsUnit(String text) {
        String rule = " must be a whole number with its unit (500ms, 60s, 2m, 1h): ";
        assertRefused("faults.kill.after" + rule + text, "kill", "role=producer", "after=" + text);
        assertRefused("faults.pause.duration" + rule + text, "pause", "role=producer", "after=1s", "duration=" + text);
        assertRefused("faults.slow.delay" + rule + text, "slow", "role=producer", "delay=" + text);
    }

    @ParameterizedTest
    @CsvSource({"pause,duration", "starve,duration", "slow,delay"})
    void howLongOrHowMuchIsNeeded(String name, String parameter) {
        assertRefused(
                "faults." + name + "." + parameter
                        + " must be a whole number with its unit (500ms, 60s, 2m, 1h): none is given",
                name,
                "role=producer");
    }

    @Test
    void noTimeAtAllIsRefused() {
        assertRefused("faults.kill.after must be more than nothing: 0ms", "kill", "role=producer", "after=0ms");
    }

    @Test
    void whatComesAfterTheEndIsRefused() {
        assertRefused(
                "faults.kill.after must be less than ipc.timeout, which is 60 s: 60s",
                "kill",
                "role=producer",
                "after=60s");
        assertRefused(
                "faults.pause.duration must be less than ipc.timeout, which is 60 s: 2m",
                "pause",
                "role=producer",
                "duration=2m");
    }

    @Test
    void thereIsOneTrigger() {
        assertRefused(
                "faults.kill: give after or afterMessages, not both: after is 200ms, afterMessages is 5000",
                "kill",
                "role=producer",
                "after=200ms",
                "afterMessages=5000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "-1", "first"})
    void aProcessIsOneOfThoseThatRun(String process) {
        assertRefused(
                "faults.kill.process must be from 0 to 2, or all, since producer.count is 3: " + process,
                "kill",
                "role=producer",
                "process=" + process);
    }

    @Test
    void theBuiltInEndOfAPipeCannotBeHeldTwice() {
        assertThatThrownBy(() -> scenario(Goal.PIPE, 1, fault("restart", "role=consumer")))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("faults.restart cannot be of a built-in program of a pipe,"
                        + " whose end no second process can hold: consumer");
    }
}
