package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.ProgramBuilder;
import io.github.ipcharness.maven.scenario.Role;
import java.io.File;
import java.util.List;
import java.util.Map;

/**
 * What {@code <producer>} and {@code <consumer>} hold. With neither a main class nor a command the built-in program
 * runs.
 */
public class Program {

    /** A class with a main method, on the class path that {@code classpathScope} names. */
    private String mainClass;

    /** A command line instead: {@code <command><arg>python3</arg><arg>produce.py</arg></command>}. */
    private List<String> command;

    /** How many processes of it run, from 1 to 64; 1 by default. */
    private Integer count;

    /**
     * The JDK that runs {@code mainClass}: its home, or what a jdk toolchain of Maven's has to be: {@code 25}, {@code
     * version=25,vendor=temurin}.
     */
    private String jdk;

    /** What main gets. */
    private List<String> arguments;

    /** Options of the JVM, with {@code mainClass}. */
    private List<String> jvmArgs;

    /** Variables besides those that Maven itself has. */
    private Map<String, String> environment;

    /** System properties of the JVM, with {@code mainClass}. */
    private Map<String, String> systemProperties;

    /** Where it runs; the project's base directory by default. */
    private File workingDirectory;

    /**
     * {@code exit}, the default but for {@code ipc:start}: it ends by itself with exit code 0. {@code drained}, for a consumer: it is a service and
     * gets SIGTERM once all producers have ended and nothing is left to take.
     */
    private String stopWhen;

    /** By what it is seen to be ready: {@code log}, {@code file} or {@code object}. */
    private Ready readyWhen;

    public void setMainClass(String value) {
        mainClass = value;
    }

    public void setCommand(List<String> value) {
        command = value;
    }

    public void setCount(Integer value) {
        count = value;
    }

    public void setJdk(String value) {
        jdk = value;
    }

    public void setArguments(List<String> value) {
        arguments = value;
    }

    public void setJvmArgs(List<String> value) {
        jvmArgs = value;
    }

    public void setEnvironment(Map<String, String> value) {
        environment = value;
    }

    public void setSystemProperties(Map<String, String> value) {
        systemProperties = value;
    }

    public void setWorkingDirectory(File value) {
        workingDirectory = value;
    }

    public void setStopWhen(String value) {
        stopWhen = value;
    }

    public void setReadyWhen(Ready value) {
        readyWhen = value;
    }

    boolean hasJdk() {
        return jdk != null && !jdk.isBlank();
    }

    /** @param program null if the pom says nothing of it */
    static ProgramBuilder builder(Role role, Program program, Jdks jdks) {
        ProgramBuilder builder = new ProgramBuilder(role);
        if (program == null) {
            return builder;
        }
        Ready ready = program.readyWhen == null ? new Ready() : program.readyWhen;
        return builder.mainClass(program.mainClass)
                .command(program.command)
                .count(program.count)
                .java(program.hasJdk() ? jdks.find(role + ".jdk", program.jdk.trim()) : null)
                .arguments(program.arguments)
                .jvmArgs(program.jvmArgs)
                .environment(program.environment)
                .systemProperties(program.systemProperties)
                .workingDirectory(program.workingDirectory == null ? null : program.workingDirectory.toPath())
                .stopWhen(program.stopWhen)
                .readyWhen(ready.log(), ready.file(), ready.object());
    }
}
