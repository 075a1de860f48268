package io.github.ipcharness.maven.run.programs;

import io.github.ipcharness.maven.run.BackgroundRun;
import io.github.ipcharness.maven.run.ClassPath;
import io.github.ipcharness.maven.run.Jvm;
import io.github.ipcharness.maven.run.RunDirectory;
import io.github.ipcharness.maven.run.ScenarioRunner;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Stands for a Maven that never comes to stop what it has started. */
public final class Starter {

    private Starter() {}

    /** @param arguments a directory to work in, the script of the producer, and {@code end}, or else it goes on */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Scenario scenario = new Scenario.Builder(Goal.START, "killed", directory)
                .producer(new ProgramBuilder(Role.PRODUCER)
                        .command(List.of("sh", "-c", arguments[1]))
                        .readyWhen("^pids ", null, null))
                .build();
        ScenarioRunner runner = new ScenarioRunner(
                scenario,
                Jvm.own(),
                ClassPath.of(List.of()),
                new RunDirectory(directory.resolve("run")),
                directory,
                System.out::println);
        BackgroundRun run = new BackgroundRun(runner, Duration.ofSeconds(60));
        run.start();
        run.awaitReady(Duration.ofSeconds(60));
        if (!arguments[2].equals("end")) {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
