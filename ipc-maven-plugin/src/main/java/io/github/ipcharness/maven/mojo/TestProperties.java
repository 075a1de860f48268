package io.github.ipcharness.maven.mojo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Tells the tests where the processes of a scenario meet, and that they are part of it, as the system properties {@code
 * ipc.home} and {@code ipc.role}. They get them through a property of the project that Failsafe and Surefire listen to: a
 * file of system properties, or, before there was one, {@code argLine}, as JaCoCo's agent comes to them. One of the two,
 * since Failsafe warns of a system property that comes twice.
 *
 * <p>Not as a property of the session, though that would be simpler: it is of all modules, and they may be built at once.
 */
final class TestProperties {

    private static final String HOME = "ipc.home";
    private static final String ROLE = "ipc.role";
    private static final String TEST = "test";
    private static final String ARG_LINE = "argLine";

    private final MavenProject project;
    private final Properties properties;
    private final Path directory;
    private final Map<String, String> before = new HashMap<>();
    private String argument = "";

    /** @param directory for files of system properties */
    TestProperties(MavenProject project, Path directory) {
        this.project = project;
        this.properties = project.getProperties();
        this.directory = directory;
    }

    void set(Path home) throws IOException {
        replace(HOME, home.toString());
        boolean needsArgLine = false;
        for (String plugin : new String[] {"failsafe", "surefire"}) {
            needsArgLine |= isOld(plugin);
            if (!isOld(plugin)) {
                String name = plugin + ".systemPropertiesFile";
                replace(name, write(properties.getProperty(name), plugin, home).toString());
            }
        }
        if (needsArgLine) {
            argument = "\"-D" + HOME + "=" + home + "\" -D" + ROLE + "=" + TEST;
            properties.setProperty(ARG_LINE, (properties.getProperty(ARG_LINE, "") + " " + argument).trim());
        }
    }

    /** Whether it has no property for a file of system properties: 3.0 was the first that has. */
    private boolean isOld(String plugin) {
        Plugin found = project.getPlugin("org.apache.maven.plugins:maven-" + plugin + "-plugin");
        String version = found == null || found.getVersion() == null ? "" : found.getVersion();
        return version.startsWith("2.") || version.startsWith("3.0.0-M");
    }

    private void replace(String name, String value) {
        before.put(name, properties.getProperty(name));
        properties.setProperty(name, value);
    }

    /** @param own the user's own file, whose properties are kept; may be null */
    private Path write(String own, String plugin, Path home) throws IOException {
        Properties all = new Properties();
        Path file = own == null ? null : project.getBasedir().toPath().resolve(own);
        if (file != null && Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                all.load(in);
            }
        }
        all.setProperty(HOME, home.toString());
        all.setProperty(ROLE, TEST);
        Files.createDirectories(directory);
        Path to = directory.resolve(plugin + ".properties");
        try (OutputStream out = Files.newOutputStream(to)) {
            all.store(out, "What the tests of this build are told; written by ipc:start");
        }
        return to;
    }

    /** Undoes it, and nothing of what others have appended to argLine meanwhile. */
    void unset() {
        before.forEach(this::put);
        if (!argument.isEmpty()) {
            String line =
                    properties.getProperty(ARG_LINE, "").replace(argument, "").trim();
            put(ARG_LINE, line.isEmpty() ? null : line);
        }
    }

    private void put(String name, String value) {
        if (value == null) {
            properties.remove(name);
        } else {
            properties.setProperty(name, value);
        }
    }
}
