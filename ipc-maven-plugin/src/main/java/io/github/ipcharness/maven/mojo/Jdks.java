package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/**
 * Finds the JDKs that a pom names: by the home of one; or by what a jdk toolchain of Maven's has to be, its version
 * ({@code 25}, {@code [21,)}) or several things ({@code version=25,vendor=temurin}). The JDK that runs Maven is known by
 * its version, too.
 */
final class Jdks {

    private static final String KIND = "jdk";

    private final ToolchainManager toolchains;
    private final MavenSession session;
    private final Path baseDirectory;

    /** @param baseDirectory what relative paths begin at */
    Jdks(ToolchainManager toolchains, MavenSession session, Path baseDirectory) {
        this.toolchains = toolchains;
        this.session = session;
        this.baseDirectory = baseDirectory;
    }

    /** The java program of the one that the build has chosen for itself; null if it has chosen none. */
    Path chosen() {
        Toolchain toolchain = toolchains.getToolchainFromBuildContext(KIND, session);
        String java = toolchain == null ? null : toolchain.findTool("java");
        return java == null ? null : Path.of(java);
    }

    /**
     * The java program of the one that is meant.
     *
     * @throws InvalidScenarioException if there is none
     */
    Path find(String parameter, String text) {
        if (isPath(text)) {
            Path java = javaOf(baseDirectory.resolve(text));
            if (!Files.isExecutable(java)) {
                throw new InvalidScenarioException(
                        parameter + " must be the home of a JDK, which has a bin/java: " + text);
            }
            return java;
        }
        for (Toolchain toolchain : toolchains.getToolchains(session, KIND, requirements(text))) {
            String java = toolchain.findTool("java");
            if (java != null) {
                return Path.of(java);
            }
        }
        if (text.equals(ownVersion())) {
            return javaOf(Path.of(System.getProperty("java.home")));
        }
        throw new InvalidScenarioException(
                parameter + " must be the home of a JDK, or fit one of Maven's jdk toolchains" + " (" + known()
                        + ", and Maven runs on " + ownVersion() + "): " + text);
    }

    /** What people call it: {@code 25}, {@code temurin-25-jdk-amd64}. */
    static String name(String text) {
        return (isPath(text) ? directoryName(Path.of(text)) : text)
                .replaceAll("[^\\p{L}\\p{N}._-]+", "_")
                .replaceAll("^_|_$", "");
    }

    /** On a Mac every JDK's home is called Contents/Home. */
    private static String directoryName(Path home) {
        Path named = home.endsWith("Contents/Home") ? home.getParent().getParent() : home;
        return named == null || named.getFileName() == null
                ? home.toString()
                : named.getFileName().toString();
    }

    private static boolean isPath(String text) {
        return text.contains("/") || text.contains("\\");
    }

    private static Path javaOf(Path home) {
        Path java = home.resolve("bin").resolve("java");
        return Files.exists(java) ? java : home.resolve("bin").resolve("java.exe");
    }

    private static Map<String, String> requirements(String text) {
        Map<String, String> requirements = new LinkedHashMap<>();
        if (!text.contains("=")) {
            requirements.put("version", text);
            return requirements;
        }
        for (String requirement : text.split(",")) {
            int equals = requirement.indexOf('=');
            requirements.put(
                    requirement.substring(0, Math.max(0, equals)).trim(),
                    requirement.substring(equals + 1).trim());
        }
        return requirements;
    }

    private static String ownVersion() {
        return System.getProperty("java.specification.version");
    }

    private String known() {
        List<Toolchain> all = toolchains.getToolchains(session, KIND, Map.of());
        return all.isEmpty() ? "there are none" : "there are " + all;
    }
}
