package io.github.ipcharness.maven.scenario;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Turns what a pom says about one program into a {@link ProgramSpec}, and refuses what makes no sense. */
public final class ProgramBuilder {

    static final int MAX_COUNT = 64;

    private final Role role;
    private String mainClass;
    private List<String> command = List.of();
    private Integer count;
    private Path java;
    private List<String> jvmMode;
    private List<String> arguments = List.of();
    private List<String> jvmArgs = List.of();
    private Map<String, String> systemProperties = Map.of();
    private Map<String, String> environment = Map.of();
    private Path workingDirectory;
    private String stopWhen;
    private String readyLog;
    private String readyFile;
    private String readyObject;

    public ProgramBuilder(Role role) {
        this.role = role;
    }

    public ProgramBuilder mainClass(String value) {
        mainClass = value;
        return this;
    }

    public ProgramBuilder command(List<String> value) {
        command = copy(value);
        return this;
    }

    public ProgramBuilder count(Integer value) {
        count = value;
        return this;
    }

    /** @param value the java program that runs the main class; null for the scenario's */
    public ProgramBuilder java(Path value) {
        java = value;
        return this;
    }

    /** @param value null if nobody asked for one way to run a JVM */
    public ProgramBuilder jvmMode(List<String> value) {
        jvmMode = value;
        return this;
    }

    public ProgramBuilder arguments(List<String> value) {
        arguments = copy(value);
        return this;
    }

    public ProgramBuilder jvmArgs(List<String> value) {
        jvmArgs = copy(value);
        return this;
    }

    public ProgramBuilder systemProperties(Map<String, String> value) {
        systemProperties = copy(value);
        return this;
    }

    public ProgramBuilder environment(Map<String, String> value) {
        environment = copy(value);
        return this;
    }

    public ProgramBuilder workingDirectory(Path value) {
        workingDirectory = value;
        return this;
    }

    public ProgramBuilder stopWhen(String value) {
        stopWhen = value;
        return this;
    }

    /** One of the three, or none. */
    public ProgramBuilder readyWhen(String log, String file, String object) {
        readyLog = log;
        readyFile = file;
        readyObject = object;
        return this;
    }

    /** An empty element of a pom arrives as null. */
    private static List<String> copy(List<String> values) {
        List<String> copy = new ArrayList<>();
        for (String value : values == null ? List.<String>of() : values) {
            copy.add(value == null ? "" : value);
        }
        return copy;
    }

    private static Map<String, String> copy(Map<String, String> values) {
        Map<String, String> copy = new LinkedHashMap<>();
        (values == null ? Map.<String, String>of() : values)
                .forEach((key, value) -> copy.put(key, value == null ? "" : value));
        return copy;
    }

    ProgramSpec build(Goal goal, Path defaultDirectory) {
        String main = mainClass == null || mainClass.isBlank() ? null : mainClass.trim();
        boolean builtIn = main == null && command.isEmpty() && goal.hasBuiltInPrograms();
        checkKind(main);
        int processes = processes(goal, main);
        Path directory = directory(defaultDirectory);
        return new ProgramSpec(
                role,
                builtIn ? goal.builtInProgram(role) : main == null ? "" : main,
                builtIn,
                command,
                processes,
                java,
                jvmMode,
                arguments,
                jvmArgs,
                systemProperties,
                environment,
                directory,
                stop(goal, builtIn),
                ready(goal, directory));
    }

    private int processes(Goal goal, String main) {
        if (!goal.hasBuiltInPrograms() && main == null && command.isEmpty()) {
            return noProcess(goal);
        }
        int processes = count == null ? 1 : count;
        if (processes < 1 || processes > MAX_COUNT) {
            throw new InvalidScenarioException(role + ".count must be from 1 to " + MAX_COUNT + ": " + processes);
        }
        return processes;
    }

    /** The tests may play the part of a program that is not named; one of which only something is said is a mistake. */
    private int noProcess(Goal goal) {
        if (count != null || stopWhen != null || readyLog != null || readyFile != null || readyObject != null) {
            throw new InvalidScenarioException(
                    role + " must have a mainClass or a command: ipc:" + goal + " has no programs of its own");
        }
        return 0;
    }

    private void checkKind(String main) {
        if (main != null && !command.isEmpty()) {
            throw new InvalidScenarioException(role + ": give mainClass or command, not both: mainClass is " + main
                    + ", command is " + String.join(" ", command));
        }
        if (command.isEmpty()) {
            return;
        }
        if (command.get(0).isBlank()) {
            throw new InvalidScenarioException(role + ".command must begin with a program's name: " + command);
        }
        if (java != null) {
            throw new InvalidScenarioException(
                    role + ".jdk is for a mainClass, a command chooses its own JVM: " + java);
        }
        if (jvmMode != null) {
            throw new InvalidScenarioException("ipc.jvmModes are for main classes, " + role
                    + " is a command and chooses its own: " + String.join(" ", command));
        }
        if (!jvmArgs.isEmpty()) {
            throw new InvalidScenarioException(
                    role + ".jvmArgs are for a mainClass, a command starts its own JVM: " + String.join(" ", jvmArgs));
        }
        if (!systemProperties.isEmpty()) {
            throw new InvalidScenarioException(role
                    + ".systemProperties are for a mainClass, use environment with a command: "
                    + String.join(", ", systemProperties.keySet()));
        }
    }

    private Path directory(Path defaultDirectory) {
        if (workingDirectory == null) {
            return defaultDirectory;
        }
        Path directory = defaultDirectory.resolve(workingDirectory);
        if (!Files.isDirectory(directory)) {
            throw new InvalidScenarioException(
                    role + ".workingDirectory must be a directory that exists: " + directory);
        }
        return directory;
    }

    private StopWhen stop(Goal goal, boolean builtIn) {
        if (stopWhen == null || stopWhen.isBlank()) {
            return defaultStop(goal);
        }
        StopWhen stop = StopWhen.parse(role + ".stopWhen", goal, stopWhen.trim());
        if (stop == StopWhen.DRAINED && role == Role.PRODUCER) {
            throw new InvalidScenarioException(
                    "producer.stopWhen must be " + (goal == Goal.START ? "exit or stop" : "exit")
                            + ", only a consumer can wait until all is taken: drained");
        }
        if (stop == StopWhen.DRAINED && builtIn) {
            throw new InvalidScenarioException(
                    "consumer.stopWhen must be exit for the built-in program, which ends by itself: drained");
        }
        return stop;
    }

    private StopWhen defaultStop(Goal goal) {
        if (goal != Goal.START) {
            return StopWhen.EXIT;
        }
        return role == Role.PRODUCER ? StopWhen.STOP : StopWhen.DRAINED;
    }

    private ReadyWhen ready(Goal goal, Path directory) {
        long given = Stream.of(readyLog, readyFile, readyObject)
                .filter(Objects::nonNull)
                .count();
        if (given == 0) {
            return new ReadyWhen.Started();
        }
        String parameter = role + ".readyWhen";
        if (goal != Goal.START) {
            throw new InvalidScenarioException(
                    parameter + " is for ipc:start, which waits for it; nothing waits in ipc:" + goal);
        }
        if (given > 1) {
            throw new InvalidScenarioException(parameter + " must have one of log, file and object, not " + given);
        }
        if (readyLog != null) {
            return ReadyWhen.logLine(parameter + ".log", readyLog);
        }
        return readyFile != null
                ? new ReadyWhen.FileWritten(directory.resolve(readyFile))
                : new ReadyWhen.ObjectOpened(readyObject);
    }
}
