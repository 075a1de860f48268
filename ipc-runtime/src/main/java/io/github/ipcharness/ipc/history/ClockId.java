package io.github.ipcharness.ipc.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which clock {@link System#nanoTime} reads: stamps of two processes can be compared if their clocks are equal.
 *
 * <p>On Linux it is {@code CLOCK_MONOTONIC}. The kernel keeps one for all processors of one boot of one machine, shifted
 * for each time namespace. Where the system does not say, both are empty, and processes that share memory share the
 * clock.
 *
 * @param bootId which start of which machine
 * @param timeNamespace the number of the time namespace, 0 if unknown
 */
public record ClockId(String bootId, long timeNamespace) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path TIME_NAMESPACE = Path.of("/proc/self/ns/time");
    private static final Pattern NUMBER = Pattern.compile("time:\\[(\\d{1,18})]");

    /** That of this process. */
    public static ClockId own() throws IOException {
        return new ClockId(Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).trim() : "", ownTimeNamespace());
    }

    /** A kernel before 5.6 has no time namespaces, and no such link. */
    private static long ownTimeNamespace() throws IOException {
        if (!Files.isSymbolicLink(TIME_NAMESPACE)) {
            return 0;
        }
        Matcher number = NUMBER.matcher(Files.readSymbolicLink(TIME_NAMESPACE).toString());
        return number.matches() ? Long.parseLong(number.group(1)) : 0;
    }

    @Override
    public String toString() {
        return "boot " + (bootId.isEmpty() ? "unknown" : bootId) + ", time namespace "
                + (timeNamespace == 0 ? "unknown" : Long.toString(timeNamespace));
    }
}
