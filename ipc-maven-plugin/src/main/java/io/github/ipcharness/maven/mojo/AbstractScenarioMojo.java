package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.run.ClassPath;
import io.github.ipcharness.maven.run.Jvm;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import io.github.ipcharness.maven.scenario.Thresholds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.maven.artifact.DependencyResolutionRequiredException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.toolchain.ToolchainManager;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/** A goal that runs a scenario. Its execution's id is the scenario's name. */
abstract class AbstractScenarioMojo extends AbstractIpcMojo {

    private static final int MAX_SEED = 1_000_000_000;

    final Goal goal;
    private final ToolchainManager toolchains;

    /**
     * The program that sends: by default one process of a built-in program, or, with ipc:start, none. Its elements are
     * {@code mainClass} or {@code command}, {@code count}, {@code arguments}, {@code environment} and {@code
     * workingDirectory}; with a main class {@code jdk}, {@code jvmArgs} and {@code systemProperties}; with ipc:start {@code
     * readyWhen}, which holds a {@code log} (a regular expression that matches a line of its output), a {@code file}
     * (that it writes) or an {@code object} (the name of what it opens), and {@code stopWhen}, which is {@code stop} (the
     * default: it gets SIGTERM at ipc:stop) or {@code exit} (it ends by itself).
     */
    @Parameter
    Program producer;

    /**
     * The program that receives. Its elements are those of the producer, and {@code stopWhen}, which is {@code exit} (the
     * default: it ends by itself), {@code drained} (the default with ipc:start: it is a service, and gets SIGTERM once
     * all producers have ended and nothing is left to take) or, only with ipc:start, {@code stop} (it gets SIGTERM at
     * ipc:stop, whatever is left).
     */
    @Parameter
    Program consumer;

    /** How many messages each producer is to send, from 1 to 2000000000; the programs get it as ipc.messages. */
    @Parameter(property = "ipc.messages", defaultValue = "10000")
    int messages;

    /** The size in bytes of a message of the built-in programs, from 8 to 67108864. */
    @Parameter(property = "ipc.messageSize", defaultValue = "32")
    int messageSize;

    /** How many messages the built-in programs' queue or pipe holds, at least 1; the programs' own choice by default. */
    @Parameter(property = "ipc.capacity")
    Integer capacity;

    /**
     * How long the processes may take, with its unit: 500ms, 60s, 2m, 1h. With ipc:start: how long, from ipc:stop on,
     * those may take that end by themselves or have something left to take.
     */
    @Parameter(property = "ipc.timeout", defaultValue = "60s")
    String timeout;

    /**
     * What order a queue promises: {@code linearizable} (first in, first out, for everyone), {@code producerOrder} (what
     * one producer put, each consumer gets in that order), or {@code unordered}.
     */
    @Parameter(property = "ipc.guarantee", defaultValue = "linearizable")
    String guarantee;

    /**
     * Whether, at the end of a run that went well, everything that was put must have been taken. With ipc:start it need
     * not if there is no consumer, or one that is stopped whatever is left: the tests may leave what they like.
     */
    @Parameter(property = "ipc.drained", defaultValue = "true")
    boolean drained;

    /**
     * How many processes must have used the queues, pipes, or values and locks that the goal is about; with fewer the
     * verdict is unknown, for nothing between processes was put to the test.
     */
    @Parameter(property = "ipc.minProcesses", defaultValue = "2")
    int minProcesses;

    /** How many operations on them must have been recorded; with fewer the verdict is unknown. */
    @Parameter(property = "ipc.minOperations", defaultValue = "1")
    long minOperations;

    /**
     * How many pairs of operations of different processes must have been open at the same time; with fewer the verdict
     * is unknown.
     */
    @Parameter(property = "ipc.minOverlaps", defaultValue = "0")
    long minOverlaps;

    /**
     * What is done to the processes on purpose, any number of: {@code kill} (SIGKILL), {@code pause} (SIGSTOP, and
     * SIGCONT after {@code duration}), {@code restart} (SIGKILL, and the program is started again), {@code slow} (the
     * built-in programs wait {@code delay} before each operation), {@code starve} (a busy process on every core, for
     * {@code duration}). Each has a {@code role}, producer or consumer; {@code process}, from 0, or {@code all}, drawn by
     * default; and {@code after}, a time since the process's first operation, or {@code afterMessages}, a number of its
     * operations that returned ok; drawn by default. A fault that did not land leaves the run undecided. Not with
     * ipc:start.
     */
    @Parameter
    PlexusConfiguration faults;

    /** What all random choices begin with, the built-in programs' and the faults'; drawn anew for each run by default. */
    @Parameter(property = "ipc.seed")
    Long seed;

    /** The java program that runs main classes; by default that of the JDK toolchain, else the one that runs Maven. */
    @Parameter(property = "ipc.jvm")
    File jvm;

    /** Which of the project's class paths main classes are loaded from: {@code test}, {@code runtime}, {@code compile}. */
    @Parameter(property = "ipc.classpathScope", defaultValue = "test")
    String classpathScope;

    /** Where the JUnit XML files go. */
    @Parameter(property = "ipc.reportsDirectory", defaultValue = "${project.build.directory}/ipc-reports")
    File reportsDirectory;

    /** Whether the histories and logs of a scenario that passed are kept, too, in target/ipc/runs. */
    @Parameter(property = "ipc.keepRuns", defaultValue = "true")
    boolean keepRuns;

    /** Whether what could not be decided, such as a run in which nothing was recorded, fails the build. */
    @Parameter(property = "ipc.failOnUnknown", defaultValue = "true")
    boolean failOnUnknown;

    AbstractScenarioMojo(Goal goal, ToolchainManager toolchains) {
        this.goal = goal;
        this.toolchains = toolchains;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        try {
            String skippedBy = skippedBy();
            if (skippedBy != null) {
                skip(skippedBy);
                return;
            }
            run();
        } catch (InvalidScenarioException e) {
            throw new MojoExecutionException(e.getMessage(), e);
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write the results of " + goal + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted; all processes of the scenario have been ended", e);
        }
    }

    /** What there is to do if it is not skipped. */
    abstract void run() throws IOException, InterruptedException, MojoExecutionException, MojoFailureException;

    void skip(String because) throws IOException {
        getLog().info(goal + " " + execution.getExecutionId() + ": skipped (" + because + ")");
        ScenarioExecution.skip(goal, execution.getExecutionId(), layout(), reportsDirectory.toPath());
    }

    /** All that the parameters say but for the seed. */
    final Scenario.Builder scenario() {
        return new Scenario.Builder(
                        goal, execution.getExecutionId(), project.getBasedir().toPath())
                .producer(program(Role.PRODUCER))
                .consumer(program(Role.CONSUMER))
                .messages(messages)
                .messageSize(messageSize)
                .capacity(capacity)
                .timeout(timeout)
                .drained(drained)
                .enough(new Thresholds(minProcesses, minOperations, minOverlaps))
                .faults(Faults.parse(faults));
    }

    final ProgramBuilder program(Role role) {
        return Program.builder(role, role == Role.PRODUCER ? producer : consumer, jdks());
    }

    final Jdks jdks() {
        return new Jdks(toolchains, session, project.getBasedir().toPath());
    }

    final long firstSeed() {
        return seed == null ? ThreadLocalRandom.current().nextInt(MAX_SEED) : seed;
    }

    /** @param run which run of the scenario it is, from 1 */
    final ScenarioExecution execution(Scenario scenario, int run) {
        return new ScenarioExecution(
                scenario,
                run,
                new Judge(Guarantees.parse(guarantee)),
                java(),
                ClassPath.of(classPathElements()),
                layout(),
                reportsDirectory.toPath(),
                keepRuns,
                !failOnUnknown,
                !isSeenNowOrNever(),
                configured().repeat(scenario),
                getLog());
    }

    private Jvm java() {
        if (jvm != null) {
            return new Jvm(jvm.toPath());
        }
        Path chosen = jdks().chosen();
        return chosen == null ? Jvm.own() : new Jvm(chosen);
    }

    private List<String> classPathElements() {
        try {
            return switch (classpathScope) {
                case "test" -> project.getTestClasspathElements();
                case "runtime" -> project.getRuntimeClasspathElements();
                case "compile" -> project.getCompileClasspathElements();
                default ->
                    throw new InvalidScenarioException(
                            "ipc.classpathScope must be test, runtime or compile: " + classpathScope);
            };
        } catch (DependencyResolutionRequiredException e) {
            throw new InvalidScenarioException("the project's class path has not been resolved: " + e.getMessage());
        }
    }
}
