package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JVM that main classes run in. */
public record Jvm(Path java) {

    /** @throws InvalidScenarioException if there is no such program */
    public Jvm {
        if (!Files.isExecutable(java) || Files.isDirectory(java)) {
            throw new InvalidScenarioException("ipc.jvm must be the path of a java program: " + java);
        }
    }

    /** The one that runs Maven. */
    public static Jvm own() {
        return new Jvm(Path.of(System.getProperty("java.home"), "bin", isWindows() ? "java.exe" : "java"));
    }

    private static boolean isWindows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
