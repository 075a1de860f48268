package io.github.ipcharness.maven.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells JVMs from other processes, where the system shows what a process has loaded and which signals it catches. */
final class Jvms {

    private static final Path PROC = Path.of("/proc");
    private static final String CAUGHT = "SigCgt:";
    private static final int SIGQUIT_BIT = 1 << 2;
    private static final int HEX = 16;

    private Jvms() {}

    /** Whether SIGQUIT lets the process tell of its threads; anything else would be killed by it. */
    static boolean tellsThreads(long pid) {
        Path process = PROC.resolve(Long.toString(pid));
        return catchesQuit(process.resolve("status")) && hasJvm(process.resolve("maps"));
    }

    private static boolean catchesQuit(Path status) {
        try {
            return Files.readAllLines(status, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(CAUGHT))
                    .anyMatch(line -> (Long.parseUnsignedLong(
                                            line.substring(CAUGHT.length()).strip(), HEX)
                                    & SIGQUIT_BIT)
                            != 0);
        } catch (IOException | NumberFormatException e) {
            return false; // It has just ended, or there is no such view on this system.
        }
    }

    private static boolean hasJvm(Path maps) {
        try {
            return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/libjvm.so");
        } catch (IOException e) {
            return false;
        }
    }
}
