package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import io.github.ipcharness.maven.scenario.FaultKind;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the command line of each process of a scenario. */
final class CommandLines {

    /** For a program that runs for a moment the quickest JVM is the one that starts quickest. */
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private final Scenario scenario;
    private final Jvm jvm;
    private final ClassPath classPath;
    private final RunDirectory directory;
    private final Path home;

    CommandLines(Scenario scenario, Jvm jvm, ClassPath classPath, RunDirectory directory, Path home) {
        this.scenario = scenario;
        this.jvm = jvm;
        this.classPath = classPath;
        this.directory = directory;
        this.home = home;
    }

    /**
     * @param label what the process is called in its log and arguments
     * @param restart which of its role's restarts it is, from 1; 0 if it is none
     */
    CommandLine of(ProgramSpec program, int index, String label, int restart) throws IOException {
        Map<String, String> properties = properties(program, index);
        if (restart > 0) {
            properties.put("ipc.restart", Integer.toString(restart));
        }
        faultProperties(program, index, properties);
        Map<String, String> environment = new LinkedHashMap<>(program.environment());
        properties.forEach((name, value) -> environment.put(variable(name), value));
        Path classPathFile = directory.arguments(label);
        ArgFile.write(classPathFile, List.of("-cp", classPath.toString()));
        // For a script that calls a JVM of its own: java "@$IPC_CLASSPATH_FILE" com.acme.Main
        environment.put("IPC_CLASSPATH_FILE", classPathFile.toString());
        List<String> command =
                program.isCommand() ? new ArrayList<>(program.command()) : java(program, classPathFile, properties);
        command.addAll(program.arguments());
        return new CommandLine(command, environment, program.workingDirectory(), home);
    }

    private List<String> java(ProgramSpec program, Path arguments, Map<String, String> properties) {
        List<String> command = new ArrayList<>();
        command.add((program.java() == null ? jvm.java() : program.java()).toString());
        command.add("@" + arguments);
        if (program.jvmMode() != null) {
            command.addAll(program.jvmMode());
        } else if (program.builtIn()) {
            command.addAll(QUICK_START);
        }
        command.addAll(program.jvmArgs());
        program.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(program.mainClass());
        return command;
    }

    /** What every process is told; system properties of a JVM, and environment variables of every process. */
    private Map<String, String> properties(ProgramSpec program, int index) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("ipc.home", home.toString());
        properties.put("ipc.role", program.role().toString());
        properties.put("ipc.index", Integer.toString(index));
        properties.put("ipc.producers", Integer.toString(scenario.producer().count()));
        properties.put("ipc.consumers", Integer.toString(scenario.consumer().count()));
        properties.put("ipc.messages", Integer.toString(scenario.messages()));
        properties.put("ipc.messageSize", Integer.toString(scenario.messageSize()));
        scenario.capacity().ifPresent(capacity -> properties.put("ipc.capacity", Integer.toString(capacity)));
        properties.put("ipc.seed", Long.toString(scenario.seed()));
        if (!scenario.jitter().isZero()) {
            properties.put("ipc.jitter", Long.toString(scenario.jitter().toNanos()));
        }
        return properties;
    }

    /** What the built-in programs have to know to live with faults; times are in nanoseconds, as that of the jitter. */
    private void faultProperties(ProgramSpec program, int index, Map<String, String> properties) {
        List<Fault> faults = scenario.faults();
        String mortal = faults.stream()
                .filter(fault -> fault.kind().kills())
                .map(fault -> fault.role().toString())
                .distinct()
                .collect(Collectors.joining(","));
        if (!mortal.isEmpty()) {
            properties.put("ipc.mortal", mortal);
        }
        long restarts = faults.stream()
                .filter(fault -> fault.kind() == FaultKind.RESTART && fault.role() == Role.PRODUCER)
                .count();
        if (restarts > 0) {
            properties.put("ipc.restarts", Long.toString(restarts));
        }
        if (program.builtIn()) {
            Hold.at(scenario).ifPresent(at -> properties.put("ipc.holdAt", Long.toString(at)));
        }
        faults.stream()
                .filter(fault -> fault.kind() == FaultKind.SLOW)
                .filter(fault -> fault.label().equals(program.label(index)))
                .forEach(fault -> slow(fault, properties));
    }

    private static void slow(Fault fault, Map<String, String> properties) {
        properties.put("ipc.slow", Long.toString(fault.delay().toNanos()));
        if (fault.duration() != null) {
            properties.put("ipc.slowFor", Long.toString(fault.duration().toNanos()));
        }
        if (fault.trigger() != null && fault.trigger().isTime()) {
            properties.put(
                    "ipc.slowAfter", Long.toString(fault.trigger().after().toNanos()));
        } else if (fault.trigger() != null) {
            properties.put(
                    "ipc.slowAfterMessages", Long.toString(fault.trigger().messages()));
        }
    }

    /** {@code ipc.messageSize} is IPC_MESSAGE_SIZE. */
    static String variable(String property) {
        return property.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }
}
