package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.run.programs.Recording;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProcessStart;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackgroundRunTest {

    private static final String FOR_EVER = "while :; do sleep 1000; done";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private Path sharedMemory;
    private final List<String> console = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeSharedMemory() throws IOException {
        sharedMemory = Files.createDirectory(directory.resolve("shm"));
    }

    @AfterEach
    void nothingIsLeftInSharedMemory() throws IOException {
        try (Stream<Path> left = Files.list(sharedMemory)) {
            assertThat(left).isEmpty();
        }
    }

    private static ProgramBuilder none(Role role) {
        return new ProgramBuilder(role);
    }

    private static ProgramBuilder sh(Role role, String script) {
        return none(role).command(List.of("sh", "-c", script));
    }

    private static ProgramBuilder recording(Role role, String... arguments) {
        return none(role).mainClass(Recording.class.getName()).arguments(List.of(arguments));
    }

    private BackgroundRun run(ProgramBuilder producer, ProgramBuilder consumer, String timeout, Duration grace) {
        Scenario scenario = new Scenario.Builder(Goal.START, "test", directory)
                .producer(producer)
                .consumer(consumer)
                .timeout(timeout)
                .build();
        ScenarioRunner runner = new ScenarioRunner(
                scenario,
                Jvm.own(),
                ClassPath.of(List.of(ClassPath.sourceOf(Recording.class).toString())),
                new RunDirectory(directory.resolve("run")),
                directory,
                console::add,
                sharedMemory);
        return new BackgroundRun(runner, grace);
    }

    private BackgroundRun run(ProgramBuilder consumer) {
        return run(none(Role.PRODUCER), consumer, "60s", LONG);
    }

    private static ProcessEnd only(RunOutcome outcome) {
        assertThat(outcome.processes()).hasSize(1);
        return outcome.processes().get(0);
    }

    @Test
    void aServiceLivesUntilItIsStoppedAndWhatItDidIsKept() throws Exception {
        BackgroundRun run = run(recording(Role.CONSUMER, "3", "stay").readyWhen("has recorded \\d+", null, null));

        run.start();
        assertThat(run.awaitReady(LONG)).isTrue();

        ProcessStart process = run.processes().get(0);
        assertThat(process.label()).isEqualTo("consumer-0");
        assertThat(process.ready()).isPresent();
        assertThat(ProcessHandle.of(process.pid())).isPresent();
        assertThat(run.home()).isDirectory();

        RunOutcome outcome = run.stop();

        assertThat(only(outcome).problem()).isNull();
        assertThat(only(outcome).exit()).isEqualTo("SIGTERM, as asked");
        assertThat(facts(outcome).stalled()).isFalse();
        assertThat(outcome.directory().histories()).isNotEmptyDirectory();
        Eventually.isDead(process.pid());
        assertThat(run.home()).doesNotExist();
    }

    @Test
    void withoutAProgramThereIsANamespaceAllTheSame() throws Exception {
        BackgroundRun run = run(none(Role.CONSUMER));

        run.start();

        assertThat(run.awaitReady(LONG)).isTrue();
        assertThat(run.home().resolve("histories")).isDirectory();
        assertThat(run.stop().processes()).isEmpty();
    }

    @Test
    void whoeverDoesNotHeedSigtermIsKilledAfterTheGrace() throws Exception {
        BackgroundRun run = run(
                none(Role.PRODUCER),
                sh(Role.CONSUMER, "trap '' TERM; echo deaf; " + FOR_EVER)
                        .readyWhen("deaf", null, null)
                        .stopWhen("stop"),
                "60s",
                SHORT);
        run.start();
        assertThat(run.awaitReady(LONG)).isTrue();

        ProcessEnd end = only(run.stop());

        assertThat(end.problem()).isEqualTo("consumer-0 had not ended 1 s after SIGTERM (ipc.grace) and was killed");
        Eventually.isDead(end.pid());
    }

    @Test
    void whatIsLeftToTakeKeepsTheConsumerUntilTheTimeIsOver() throws Exception {
        BackgroundRun run = run(
                recording(Role.PRODUCER, "5", "end").readyWhen("has recorded", null, null),
                recording(Role.CONSUMER, "3", "stay").readyWhen("has recorded", null, null),
                "1s",
                LONG);
        run.start();
        assertThat(run.awaitReady(LONG)).isTrue();

        RunOutcome outcome = run.stop();

        assertThat(outcome.processes().get(1).problem())
                .isEqualTo("consumer-0 had not ended 1 s after ipc:stop (ipc.timeout) and was killed;"
                        + " 2 messages were left in queue orders");
        assertThat(facts(outcome).stalled()).isTrue();
    }

    @Test
    void aCrashBetweenStartAndStopIsToldAndNobodyIsWaitedFor() throws Exception {
        BackgroundRun run = run(
                sh(Role.PRODUCER, "exit 3"),
                recording(Role.CONSUMER, "3", "stay").readyWhen("has recorded", null, null),
                "1h",
                LONG);
        run.start();
        assertThat(run.awaitReady(LONG)).isTrue();

        RunOutcome outcome = run.stop();

        assertThat(outcome.processes().get(0).problem()).isEqualTo("producer-0 ended with exit code 3");
        assertThat(outcome.processes().get(1).failed()).isFalse();
        assertThat(facts(outcome).drained()).isFalse();
    }

    @Test
    void anObjectThatItOpensIsASign() throws Exception {
        BackgroundRun run = run(recording(Role.CONSUMER, "0", "stay").readyWhen(null, null, "orders"));
        run.start();

        assertThat(run.awaitReady(LONG)).isTrue();

        assertThat(only(run.stop()).problem()).isNull();
    }

    @Test
    void aFileThatItWritesIsASignAndOneThatWasThereIsNot() throws Exception {
        Path file = Files.writeString(directory.resolve("ready"), "yesterday");
        ProgramBuilder writes =
                sh(Role.CONSUMER, "echo today > new; mv new ready; " + FOR_EVER).readyWhen(null, "ready", null);
        BackgroundRun run = run(writes);
        run.start();
        assertThat(run.awaitReady(LONG)).isTrue();
        assertThat(file).hasContent("today");
        run.stop();

        ProgramBuilder doesNot = sh(Role.CONSUMER, FOR_EVER).readyWhen(null, "ready", null);
        BackgroundRun late = run(doesNot);
        late.start();
        assertThat(late.awaitReady(SHORT)).isFalse();
        assertThat(only(late.stop()).problem())
                .isEqualTo("consumer-0 was not ready after 1 s (ipc.readyTimeout) and was killed: the file " + file
                        + " is still that of before");
    }

    @Test
    void whoeverEndsBeforeItIsReadyIsToBlameAndTheOthersAreNot() throws Exception {
        BackgroundRun run = run(
                sh(Role.PRODUCER, FOR_EVER).readyWhen("never", null, null),
                sh(Role.CONSUMER, "echo opening; exit 0").readyWhen("open$", null, null),
                "60s",
                LONG);
        run.start();

        assertThat(run.awaitReady(LONG)).isFalse();

        RunOutcome outcome = run.stop();
        assertThat(outcome.processes().get(0).failed()).isFalse();
        assertThat(outcome.processes().get(1).problem())
                .isEqualTo("consumer-0 ended with exit code 0 before it was ready: no line that it wrote matches"
                        + " open$");
    }

    @Test
    void itsLastWordsBeforeItEndsAreASignToo() throws Exception {
        BackgroundRun run = run(sh(Role.CONSUMER, "echo open").readyWhen("open", null, null));
        run.start();

        assertThat(run.awaitReady(LONG)).isTrue();

        assertThat(only(run.stop()).problem()).isNull();
    }

    @Test
    void whatCannotBeStartedLeavesNothing() {
        BackgroundRun run = run(
                sh(Role.PRODUCER, "echo $$; " + FOR_EVER),
                none(Role.CONSUMER).command(List.of("no-such-program")),
                "60s",
                LONG);

        assertThatThrownBy(run::start)
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("consumer-0 could not be started: ");
    }

    private static RunFacts facts(RunOutcome outcome) throws IOException {
        return RunFacts.read(outcome.directory().exits());
    }
}
