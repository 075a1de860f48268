package io.github.ipcharness.maven.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program and how many processes of it run. It is either a main class, which gets a JVM, or a command line.
 *
 * @param mainClass empty if it is a command line
 * @param builtIn whether the main class is one of ours, for which we may choose the JVM's flags
 * @param command empty if it is a main class
 * @param java the java program that runs a main class; null for the scenario's
 * @param jvmMode options that stand for one way to run a JVM; null if nobody asked for one
 * @param jvmArgs as the user wrote them, for a main class
 * @param systemProperties of a main class's JVM
 * @param environment besides what Maven's own process has
 * @param readyWhen by what it is seen to be ready, if anyone waits for that
 */
public record ProgramSpec(
        Role role,
        String mainClass,
        boolean builtIn,
        List<String> command,
        int count,
        Path java,
        List<String> jvmMode,
        List<String> arguments,
        List<String> jvmArgs,
        Map<String, String> systemProperties,
        Map<String, String> environment,
        Path workingDirectory,
        StopWhen stopWhen,
        ReadyWhen readyWhen) {

    public ProgramSpec {
        command = List.copyOf(command);
        jvmMode = jvmMode == null ? null : List.copyOf(jvmMode);
        arguments = List.copyOf(arguments);
        jvmArgs = List.copyOf(jvmArgs);
        systemProperties = Map.copyOf(systemProperties);
        environment = Map.copyOf(environment);
    }

    public boolean isCommand() {
        return !command.isEmpty();
    }

    /** What people call the process of this number: {@code producer-0}. */
    public String label(int index) {
        return role + "-" + index;
    }

    /** The program in a word: its main class, its command, or that it is built in. */
    public String title() {
        if (builtIn) {
            return "built-in";
        }
        return isCommand() ? command.get(0) : mainClass;
    }
}
