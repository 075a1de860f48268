package io.github.ipcharness.ipc.jdks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.ipcharness.ipc.NativeAccess;
import io.github.ipcharness.ipc.SharedMemory;
import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The runtime's tests pass on the other JDKs of this machine as well, one of each feature release from 17 on: those that lie
 * beside the one that runs this test, or that the system property {@code test.jdks} names. The members of the suites of
 * conformance, which are processes of their own, stay with the JDK of this test: so both are in one company. From 22 on the
 * tests run with native access, so with a futex; those that want to see how it is without start processes without.
 */
class OtherJdksTest {

    /** What takes long and has little to do with the JDK; what is not about us; and this test. */
    private static final String LEFT_OUT = ".*(CrashMatrix|Crash|Command|LargeRegions|RegionFuzz|SuitesCanFail"
            + "|OurSmallQueue|OurAcknowledgedQueue|\\.File\\w+|\\.Socket|OtherJdks)Test";

    private static final int MINUTES = 15;

    @TempDir(factory = SharedMemory.class)
    Path directory;

    @Test
    void theTestsPassOnThemInCompanyOfThisOne() throws Exception {
        Collection<Path> others = others();
        assumeFalse(others.isEmpty(), "there is no other JDK beside this one, and -Dtest.jdks names none");
        for (Path home : others) {
            assertThat(run(home))
                    .doesNotContain("WARNING")
                    // At least a hundred: a pattern that left everything out would pass as well.
                    .containsPattern("(?m)^[1-9]\\d{2,} tests passed on " + release(home) + "$");
        }
    }

    private String run(Path home) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        List<String> command = new ArrayList<>(List.of(java(home)));
        if (release(home) >= 22) {
            command.add(NativeAccess.FLAG);
        }
        command.add("-Dipc.conformance.java=" + java(Path.of(System.getProperty("java.home"))));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RunTests.class.getName(), LEFT_OUT));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Thread shutdown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(shutdown);
        try {
            assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES))
                    .as(() -> "it is not done after " + MINUTES + " minutes: " + text(output))
                    .isTrue();
            assertThat(process.exitValue()).as(() -> text(output)).isZero();
            return text(output);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(shutdown);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static Collection<Path> others() throws IOException {
        Map<Integer, Path> byRelease = new TreeMap<>();
        for (Path home : candidates()) {
            int release = release(home);
            if (release >= 17 && release != Runtime.version().feature()) {
                byRelease.putIfAbsent(release, home);
            }
        }
        return byRelease.values();
    }

    private static List<Path> candidates() throws IOException {
        List<Path> homes = new ArrayList<>();
        String named = System.getProperty("test.jdks", "");
        if (!named.isEmpty()) {
            for (String home : named.split(File.pathSeparator)) {
                homes.add(Path.of(home));
            }
            return homes;
        }
        Path beside = Path.of(System.getProperty("java.home")).toRealPath().getParent();
        try (Stream<Path> all = Files.list(beside)) {
            all.sorted().forEach(homes::add);
        }
        return homes;
    }

    /** The feature release of a JDK; 0 if there is none. */
    private static int release(Path home) throws IOException {
        if (!Files.isExecutable(Path.of(java(home))) || !Files.isReadable(home.resolve("release"))) {
            return 0;
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        }
        String version = release.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "");
        return version.matches("[1-9]\\d*.*") && !version.startsWith("1.")
                ? Runtime.Version.parse(version).feature()
                : 0;
    }

    private static String java(Path home) {
        return home.resolve("bin").resolve("java").toString();
    }
}
