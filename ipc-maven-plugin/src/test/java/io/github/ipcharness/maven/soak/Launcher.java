package io.github.ipcharness.maven.soak;

import io.github.ipcharness.ipc.Ipc;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Starts laborers, and quickly, since that is nearly all that a soak does: from a jar of just what they need, with its
 * classes in an archive that the JVM maps (class data sharing).
 */
final class Launcher {

    private static final List<String> QUICK =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-XX:-UsePerfData", "-Xlog:disable");
    private static final int PATIENCE_SECONDS = 60;

    private final Path jar;
    private final Path archive;

    /** @param directory where the jar and the archive lie, as long as processes are started */
    Launcher(Path directory) throws Exception {
        this.jar = directory.resolve("laborer.jar");
        this.archive = directory.resolve("laborer.jsa");
        Path tests = sourceOf(Laborer.class);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            add(sourceOf(Ipc.class), "io", out);
            add(tests, Laborer.class.getPackageName().replace('.', '/'), out);
        }
        Path home = Files.createTempDirectory(directory, "archive-");
        Files.createDirectory(home.resolve("histories"));
        try (Ipc ipc = Ipc.open(home)) {
            ipc.event(Laborer.STOP).set();
        }
        Process process = start(List.of("-XX:ArchiveClassesAtExit=" + archive), home, 0, 0, "sound");
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("no archive: " + Files.readString(log(home, 0)));
        }
    }

    private static Path sourceOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** @param source a directory of classes, or a jar */
    private static void add(Path source, String folder, JarOutputStream out) throws IOException {
        if (Files.isDirectory(source)) {
            addAll(source, folder, out);
            return;
        }
        try (FileSystem inside = FileSystems.newFileSystem(source)) {
            addAll(inside.getPath("/"), folder, out);
        }
    }

    private static void addAll(Path root, String folder, JarOutputStream out) throws IOException {
        try (Stream<Path> found = Files.walk(root.resolve(folder))) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(root.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
    }

    Process start(Path home, int number, long seed, String kind) throws IOException {
        return start(List.of("-XX:SharedArchiveFile=" + archive), home, number, seed, kind);
    }

    private Process start(List<String> sharing, Path home, int number, long seed, String kind) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUICK);
        command.addAll(sharing);
        command.addAll(List.of(
                "-cp",
                jar.toString(),
                "-Dipc.home=" + home,
                "-Dipc.role=laborer",
                "-Dipc.index=" + number,
                Laborer.class.getName(),
                Long.toString(seed),
                kind));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log(home, number).toFile())
                .start();
    }

    static Path log(Path home, int number) {
        return home.resolve("laborer-" + number + ".log");
    }
}
