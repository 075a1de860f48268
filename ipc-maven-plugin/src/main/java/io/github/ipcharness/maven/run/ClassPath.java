package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** What the children's JVMs load their classes from. */
public final class ClassPath {

    private static final Set<String> OTHER_SOURCES = Set.of(
            "-cp", "-classpath", "--class-path", "-p", "--module-path", "-m", "--module", "-jar", "-Xbootclasspath/a");

    private final List<Path> entries;

    private ClassPath(List<Path> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * The project's class path, with this plugin's own runtime at its end unless the project has one, which then may be
     * of the version that the project wants.
     */
    public static ClassPath of(List<String> elements) {
        List<Path> entries = new ArrayList<>();
        elements.forEach(element -> entries.add(Path.of(element)));
        ClassPath own = new ClassPath(entries);
        if (own.has(resource(HistoryReader.class.getName()))) {
            return own;
        }
        entries.add(sourceOf(HistoryReader.class));
        return new ClassPath(entries);
    }

    /** The jar or directory that a class came from. */
    static Path sourceOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String className) {
        return className.replace('.', '/') + ".class";
    }

    /** @throws InvalidScenarioException if the program's main class is nowhere, rather than after a JVM's start */
    public void require(ProgramSpec program) {
        if (program.isCommand() || bringsItsOwn(program.jvmArgs()) || has(resource(program.mainClass()))) {
            return;
        }
        throw new InvalidScenarioException(program.role() + ".mainClass must be on the class path, of which all "
                + entries.size() + (entries.size() == 1 ? " entry was" : " entries were") + " searched: "
                + program.mainClass());
    }

    private static boolean bringsItsOwn(List<String> jvmArgs) {
        return jvmArgs.stream()
                .anyMatch(argument -> argument.startsWith("@")
                        || OTHER_SOURCES.stream()
                                .anyMatch(source -> argument.equals(source)
                                        || argument.startsWith(source + "=")
                                        || argument.startsWith(source + ":")));
    }

    private boolean has(String resource) {
        Set<Path> seen = new HashSet<>();
        return entries.stream().anyMatch(entry -> has(entry, resource, seen));
    }

    private static boolean has(Path entry, String resource, Set<Path> seen) {
        if (!seen.add(entry)) {
            return false;
        }
        if (Files.isDirectory(entry)) {
            return Files.exists(entry.resolve(resource));
        }
        if (!Files.isRegularFile(entry)) {
            return false;
        }
        try (JarFile jar = new JarFile(entry.toFile(), false)) {
            if (jar.getEntry(resource) != null) {
                return true;
            }
            Manifest manifest = jar.getManifest();
            String more = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return more != null && anyOf(more, entry, resource, seen);
        } catch (IOException e) {
            return false; // Not a jar: the JVM will ignore it, too.
        }
    }

    /** A manifest's class path has URLs, relative to the jar. */
    private static boolean anyOf(String classPath, Path jar, String resource, Set<Path> seen) {
        for (String url : classPath.trim().split("\\s+")) {
            try {
                if (has(Path.of(jar.toUri().resolve(url)), resource, seen)) {
                    return true;
                }
            } catch (IllegalArgumentException | java.nio.file.FileSystemNotFoundException e) {
                continue; // Not a file.
            }
        }
        return false;
    }

    public int size() {
        return entries.size();
    }

    /** As {@code -cp} wants it. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        entries.forEach(entry -> names.add(entry.toString()));
        return String.join(File.pathSeparator, names);
    }
}
