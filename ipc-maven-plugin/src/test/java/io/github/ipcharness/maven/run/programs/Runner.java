package io.github.ipcharness.maven.run.programs;

import io.github.ipcharness.maven.run.ClassPath;
import io.github.ipcharness.maven.run.Jvm;
import io.github.ipcharness.maven.run.RunDirectory;
import io.github.ipcharness.maven.run.ScenarioRunner;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;

/** Stands for Maven, which is to be killed: runs a scenario that hangs. */
public final class Runner {

    private Runner() {}

    /** @param arguments a directory to work in, and the script of the producer */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Scenario scenario = new Scenario.Builder(Goal.QUEUE, "killed", directory)
                .producer(new ProgramBuilder(Role.PRODUCER).command(List.of("sh", "-c", arguments[1])))
                .consumer(new ProgramBuilder(Role.CONSUMER).mainClass(Hanging.class.getName()))
                .build();
        List<String> classPath = List.of(System.getProperty("java.class.path").split(":"));
        new ScenarioRunner(
                        scenario,
                        Jvm.own(),
                        ClassPath.of(classPath),
                        new RunDirectory(directory.resolve("run")),
                        directory,
                        System.out::println)
                .run();
    }
}
