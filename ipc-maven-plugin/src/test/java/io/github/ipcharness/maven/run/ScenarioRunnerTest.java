package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.run.programs.Crashing;
import io.github.ipcharness.maven.run.programs.Echo;
import io.github.ipcharness.maven.run.programs.Hanging;
import io.github.ipcharness.maven.run.programs.Recording;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioRunnerTest {

    private static final String FOR_EVER = "while :; do sleep 1000; done";

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

    private static ProgramBuilder producer() {
        return new ProgramBuilder(Role.PRODUCER);
    }

    private static ProgramBuilder consumer() {
        return new ProgramBuilder(Role.CONSUMER);
    }

    private static List<String> sh(String script) {
        return List.of("sh", "-c", script);
    }

    private Scenario scenario(ProgramBuilder producer, ProgramBuilder consumer, String timeout) {
        return new Scenario.Builder(Goal.QUEUE, "test", directory)
                .producer(producer)
                .consumer(consumer)
                .timeout(timeout)
                .build();
    }

    private ScenarioRunner runner(Scenario scenario, ClassPath classPath) {
        return new ScenarioRunner(
                scenario,
                Jvm.own(),
                classPath,
                new RunDirectory(directory.resolve("run")),
                directory,
                console::add,
                sharedMemory);
    }

    private static ClassPath testClassPath() {
        return ClassPath.of(List.of(ClassPath.sourceOf(Echo.class).toString()));
    }

    private RunOutcome run(ProgramBuilder producer, ProgramBuilder consumer) throws Exception {
        return runner(scenario(producer, consumer, "60s"), testClassPath()).run();
    }

    private String log(String label) throws IOException {
        return Files.readString(directory.resolve("run/logs").resolve(label + ".log"));
    }

    @Test
    void historiesAndExitsAreKeptAndTheNamespaceIsGone() throws Exception {
        RunOutcome outcome = run(
                producer().mainClass(Recording.class.getName()).count(2).arguments(List.of("3", "end")),
                consumer().mainClass(Recording.class.getName()).arguments(List.of("6", "end")));

        assertThat(outcome.processes())
                .extracting(ProcessEnd::label)
                .containsExactly("producer-0", "producer-1", "consumer-0");
        assertThat(outcome.processes()).allMatch(end -> end.exitCode() == 0 && !end.failed());
        assertThat(facts(outcome).drained()).isTrue();
        try (Stream<Path> files = Files.list(outcome.directory().histories())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "producer-0-0.history", "producer-1-1.history", "consumer-0-100.history");
        }
        assertThat(console)
                .contains("[producer-1] producer-1 has recorded 3", "[consumer-0] consumer-0 has recorded 6");
        assertThat(log("producer-1")).isEqualTo("producer-1 has recorded 3\n");
        assertThat(Files.readString(directory.resolve("run/exits.json")))
                .contains("\"label\" : \"producer-0\"", "\"exitCode\" : 0", "\"drained\" : true");
    }

    @Test
    void everyProcessIsToldItsPart() throws Exception {
        Scenario scenario = new Scenario.Builder(Goal.QUEUE, "test", directory)
                .producer(
                        producer().mainClass(Echo.class.getName()).count(2).systemProperties(Map.of("ipc.own", "a b")))
                .consumer(consumer().command(sh("env")).environment(Map.of("MODE", "fast one")))
                .messages(7)
                .messageSize(64)
                .capacity(5)
                .seed(42)
                .build();

        runner(scenario, testClassPath()).run();

        assertThat(log("producer-1").lines())
                .contains(
                        "ipc.role=producer",
                        "ipc.index=1",
                        "ipc.messages=7",
                        "ipc.messageSize=64",
                        "ipc.producers=2",
                        "ipc.consumers=1",
                        "ipc.capacity=5",
                        "ipc.seed=42",
                        "ipc.own=a b",
                        "IPC_ROLE=producer",
                        "directory " + directory)
                .anyMatch(line -> line.startsWith("ipc.home=" + sharedMemory.resolve("ipc-")));
        assertThat(log("consumer-0").lines())
                .contains(
                        "IPC_ROLE=consumer",
                        "IPC_INDEX=0",
                        "IPC_MESSAGES=7",
                        "IPC_MESSAGE_SIZE=64",
                        "IPC_CAPACITY=5",
                        "MODE=fast one")
                .anyMatch(line -> line.startsWith("IPC_CLASSPATH_FILE="))
                .anyMatch(line -> line.startsWith("IPC_HOME=" + sharedMemory.resolve("ipc-")));
    }

    @Test
    void classPathsAndArgumentsArriveAsTheyAre() throws Exception {
        String odd = "a \"quoted\" \\ #1 größe";
        assumeTrue(Charset.forName(System.getProperty("sun.jnu.encoding"))
                .newEncoder()
                .canEncode(odd));
        String file = Echo.class.getName().replace('.', '/') + ".class";
        Path classes = directory.resolve(odd);
        Files.createDirectories(classes.resolve(file).getParent());
        Files.copy(ClassPath.sourceOf(Echo.class).resolve(file), classes.resolve(file));
        List<String> arguments = List.of("", "two words", odd, "$HOME", "@file", "*");

        RunOutcome outcome = runner(
                        scenario(
                                producer().mainClass(Echo.class.getName()).arguments(arguments),
                                consumer().command(sh("exit 0")),
                                "60s"),
                        ClassPath.of(List.of(classes.toString())))
                .run();

        assertThat(outcome.processes()).noneMatch(ProcessEnd::failed);
        assertThat(log("producer-0")).contains("arguments " + arguments, "class path " + classes + ":");
    }

    @Test
    void theCommandByHandDoesTheSame() throws Exception {
        RunOutcome outcome = run(
                producer().mainClass(Echo.class.getName()).arguments(List.of("it's", "two words")),
                consumer().command(sh("exit 0")));

        Process byHand = new ProcessBuilder(
                        "sh", "-c", outcome.processes().get(0).commandLine())
                .redirectErrorStream(true)
                .start();
        String output = new String(byHand.getInputStream().readAllBytes(), Charset.defaultCharset());

        assertThat(output).isEqualTo(log("producer-0"));
        try (Stream<Path> made = Files.list(sharedMemory)) {
            for (Path home : made.toList()) {
                Trees.delete(home);
            }
        }
    }

    @Test
    void aCrashIsToldWithItsCodeAndLastWordsAndTheOthersAreNotWaitedForLong() throws Exception {
        RunOutcome outcome = run(
                producer().command(sh("for i in $(seq 30); do echo line $i >&2; done; exit 3")),
                consumer().command(sh(FOR_EVER)));

        ProcessEnd crashed = outcome.processes().get(0);
        assertThat(crashed.problem()).isEqualTo("producer-0 ended with exit code 3");
        assertThat(crashed.lastErrors()).hasSize(20).startsWith("line 11").endsWith("line 30");
        assertThat(crashed.commandLine()).contains("IPC_HOME=", "IPC_ROLE=producer", "sh -c ");
        ProcessEnd other = outcome.processes().get(1);
        assertThat(other.failed()).isFalse();
        assertThat(facts(outcome).drained()).isFalse();
        assertThat(outcome.duration()).isLessThan(java.time.Duration.ofSeconds(40));
    }

    @Test
    void aSignalIsNamed() throws Exception {
        RunOutcome outcome =
                run(producer().command(sh("kill -9 $$")), consumer().command(sh("exit 0")));

        assertThat(outcome.processes().get(0).problem()).isEqualTo("producer-0 was ended by SIGKILL (exit code 137)");
    }

    @Test
    void aTimeoutEndsGrandchildrenToo() throws Exception {
        RunOutcome outcome = runner(
                        scenario(
                                producer().command(sh("(sleep 1000 & echo $!; wait) & wait")),
                                consumer().command(sh("exit 0")),
                                "1s"),
                        testClassPath())
                .run();

        assertThat(outcome.processes().get(0).problem())
                .isEqualTo("producer-0 had not ended after 1 s (ipc.timeout) and was killed");
        Eventually.isDead(Long.parseLong(log("producer-0").trim()));
    }

    @Test
    void whatAProcessLeavesBehindIsEndedThoughItsParentIsGone() throws Exception {
        RunOutcome outcome = run(
                producer().command(sh("nohup sleep 1000 >/dev/null 2>&1 & echo $!")),
                consumer().command(sh("exit 0")));

        long pid = Long.parseLong(log("producer-0").trim());
        Eventually.isDead(pid);
        assertThat(outcome.processes()).noneMatch(ProcessEnd::failed);
        assertThat(console).anyMatch(line -> line.startsWith("a process was left running and is killed: " + pid));
    }

    @Test
    void aHungJvmSaysOnItsLogWhatItWasDoing() throws Exception {
        RunOutcome outcome = runner(
                        scenario(
                                producer().mainClass(Hanging.class.getName()),
                                consumer().command(sh("exit 0")),
                                "3s"),
                        testClassPath())
                .run();

        assertThat(outcome.processes().get(0).failed()).isTrue();
        assertThat(log("producer-0")).contains("Full thread dump", "waitsForGodot");
        assertThat(console).contains("[producer-0] hangs").noneMatch(line -> line.contains("waitsForGodot"));
        assertThat(outcome.processes().get(0).details())
                .startsWith("its threads, before it was killed:")
                .anyMatch(line -> line.contains("\"main\" TIMED_WAITING (sleeping)"))
                .anyMatch(line -> line.contains("at " + Hanging.class.getName() + ".waitsForGodot"))
                .noneMatch(line -> line.contains("Finalizer"));
    }

    /** Linux takes no argument of more than 128 KiB. */
    @Test
    void aClassPathMayBeLongerThanACommandLine() throws Exception {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            elements.add(directory
                    .resolve("a library with a long name and spaces " + i + ".jar")
                    .toString());
        }
        elements.add(ClassPath.sourceOf(Echo.class).toString());

        RunOutcome outcome = runner(
                        scenario(
                                producer().mainClass(Recording.class.getName()).arguments(List.of("3", "end")),
                                consumer().command(sh("exit 0")),
                                "60s"),
                        ClassPath.of(elements))
                .run();

        assertThat(String.join(":", elements)).hasSizeGreaterThan(128 * 1024);
        assertThat(outcome.processes()).noneMatch(ProcessEnd::failed);
        assertThat(log("producer-0")).contains("producer-0 has recorded 3");
    }

    @Test
    void aJvmThatAScriptHasStartedSaysItToo() throws Exception {
        String java = Jvm.own().java() + " -cp '" + ClassPath.sourceOf(Echo.class) + "' " + Hanging.class.getName();
        RunOutcome outcome = runner(
                        scenario(
                                producer().command(sh(java + "; exit 1")),
                                consumer().command(sh("exit 0")),
                                "3s"),
                        testClassPath())
                .run();

        assertThat(outcome.processes().get(0).details())
                .anyMatch(line -> line.contains("of JVM "))
                .anyMatch(line -> line.contains("at " + Hanging.class.getName() + ".waitsForGodot"));
    }

    /** SIGQUIT would kill what is no JVM: then it would not have been killed for its time. */
    @Test
    void aHungScriptIsNotAskedForThreads() throws Exception {
        RunOutcome outcome = runner(
                        scenario(producer().command(sh(FOR_EVER)), consumer().command(sh("exit 0")), "1s"),
                        testClassPath())
                .run();

        assertThat(outcome.processes().get(0).problem())
                .isEqualTo("producer-0 had not ended after 1 s (ipc.timeout) and was killed");
        assertThat(outcome.processes().get(0).details()).isEmpty();
    }

    @Test
    void whyAJvmCrashedIsToldAndWhereItsReportLies() throws Exception {
        Path report = directory.resolve("hs_err \u00fc.log");
        String java = "exec " + Jvm.own().java() + " -XX:ErrorFile='" + report + "' -cp '"
                + ClassPath.sourceOf(Echo.class) + "' " + Crashing.class.getName();
        RunOutcome outcome =
                run(producer().command(sh("ulimit -c 0; " + java)), consumer().command(sh("exit 0")));

        ProcessEnd crashed = outcome.processes().get(0);
        assertThat(crashed.problem()).isEqualTo("producer-0 was ended by SIGABRT (exit code 134)");
        assertThat(report).exists();
        assertThat(crashed.details())
                .contains(
                        "its JVM said: A fatal error has been detected by the Java Runtime Environment:",
                        "    error report: " + report)
                .anyMatch(line -> line.startsWith("    SIGSEGV (0xb) at pc="));
    }

    @Test
    void aServiceIsAskedToEndOnceNothingIsLeftToTake() throws Exception {
        RunOutcome outcome = run(
                producer().mainClass(Recording.class.getName()).arguments(List.of("5", "end")),
                consumer()
                        .mainClass(Recording.class.getName())
                        .arguments(List.of("5", "stay"))
                        .stopWhen("drained"));

        ProcessEnd service = outcome.processes().get(1);
        assertThat(service.exitCode()).isEqualTo(143);
        assertThat(service.exit()).isEqualTo("SIGTERM, as asked");
        assertThat(service.failed()).isFalse();
        assertThat(facts(outcome).drained()).isTrue();
    }

    @Test
    void aServiceThatNeverTakesAllIsKilledAndTheSentenceSaysWhatIsLeft() throws Exception {
        RunOutcome outcome = runner(
                        scenario(
                                producer().mainClass(Recording.class.getName()).arguments(List.of("5", "end")),
                                consumer()
                                        .mainClass(Recording.class.getName())
                                        .arguments(List.of("3", "stay"))
                                        .stopWhen("drained"),
                                "5s"),
                        testClassPath())
                .run();

        assertThat(outcome.processes().get(1).problem())
                .isEqualTo("consumer-0 had not ended after 5 s (ipc.timeout) and was killed;"
                        + " 2 messages were left in queue orders");
        assertThat(facts(outcome).drained()).isFalse();
    }

    @Test
    void aCommandThatDoesNotExistCouldNotBeRun() {
        assertThatThrownBy(
                        () -> run(producer().command(sh(FOR_EVER)), consumer().command(List.of("no-such-program"))))
                .isInstanceOf(CouldNotRunException.class)
                .hasMessageContaining("consumer-0 could not be started: ")
                .hasMessageContaining("no-such-program");
    }

    @Test
    void aMainClassThatIsNowhereIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() ->
                        run(producer().mainClass("com.acme.Missing"), consumer().command(sh("exit 0"))))
                .isInstanceOf(InvalidScenarioException.class)
                .hasMessage("producer.mainClass must be on the class path, of which all 2 entries were searched:"
                        + " com.acme.Missing");
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void anInterruptEndsEverything() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread build = new Thread(() -> {
            try {
                run(producer().command(sh("echo $$; " + FOR_EVER)), consumer().command(sh(FOR_EVER)));
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        build.start();
        Eventually.holds("the producer's line", () -> !console.isEmpty());

        build.interrupt();
        build.join(60_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        Eventually.isDead(Long.parseLong(console.get(0).replace("[producer-0] ", "")));
    }

    @Test
    void withoutRoomInSharedMemoryTheBuildDirectoryIsUsed() throws Exception {
        Scenario scenario =
                scenario(producer().mainClass(Echo.class.getName()), consumer().command(sh("exit 0")), "60s");
        Path build = directory.resolve("build");
        new ScenarioRunner(
                        scenario,
                        Jvm.own(),
                        testClassPath(),
                        new RunDirectory(directory.resolve("run")),
                        build,
                        console::add,
                        directory.resolve("nowhere"))
                .run();

        assertThat(log("producer-0")).contains("ipc.home=" + build.resolve("ipc-"));
        assertThat(build).isEmptyDirectory();
    }

    private static RunFacts facts(RunOutcome outcome) throws IOException {
        return RunFacts.read(outcome.directory().exits());
    }
}
