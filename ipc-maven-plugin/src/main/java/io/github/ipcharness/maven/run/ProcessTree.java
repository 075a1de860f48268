package io.github.ipcharness.maven.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Finds and ends all processes of a run. Depends on nothing: the supervisor uses it.
 *
 * <p>A process whose parent has ended is nobody's descendant any more. Where the system shows environments (Linux), the
 * run's own IPC_HOME, which has a random name, finds it all the same.
 */
final class ProcessTree {

    private static final Path PROC = Path.of("/proc");
    private static final int ROUNDS = 20;

    private ProcessTree() {}

    /** The living among these processes, their descendants, and whoever else has this home in its environment. */
    static Set<ProcessHandle> living(Collection<ProcessHandle> roots, Path home) {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        for (ProcessHandle root : roots) {
            root.descendants().forEach(found::add);
            found.add(root);
        }
        found.addAll(withHome(home));
        found.removeIf(process -> !isRunning(process));
        return found;
    }

    /** A zombie only waits for a parent that may be in no hurry to bury it. */
    private static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(
                    PROC.resolve(Long.toString(process.pid())).resolve("stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException | IndexOutOfBoundsException e) {
            return process.isAlive();
        }
    }

    /** Kills until none is left: one that forks meanwhile is found in the next round. */
    static void kill(Collection<ProcessHandle> roots, Path home) {
        for (int round = 0; round < ROUNDS; round++) {
            Set<ProcessHandle> living = living(roots, home);
            if (living.isEmpty()) {
                return;
            }
            end(living);
        }
    }

    /** Kills these, in this order, and waits until they are gone. */
    static void end(Collection<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(ProcessTree::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle process) {
        for (int i = 0; i < 100 && isRunning(process); i++) {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static Set<ProcessHandle> withHome(Path home) {
        Set<ProcessHandle> found = new LinkedHashSet<>();
        byte[] wanted = ("IPC_HOME=" + home).getBytes(StandardCharsets.UTF_8);
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (hasVariable(process.resolve("environ"), wanted)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException e) {
            return found; // No such view on this system: descendants must do.
        }
        return found;
    }

    private static boolean hasVariable(Path environ, byte[] wanted) {
        byte[] all;
        try {
            all = Files.readAllBytes(environ);
        } catch (IOException e) {
            return false; // Another user's, or it has just ended.
        }
        int from = 0;
        for (int i = 0; i <= all.length; i++) {
            if (i == all.length || all[i] == 0) {
                if (Arrays.equals(all, from, i, wanted, 0, wanted.length)) {
                    return true;
                }
                from = i + 1;
            }
        }
        return false;
    }

    static String describe(ProcessHandle process) {
        return process.pid()
                + process.info()
                        .commandLine()
                        .map(line -> " (" + shortened(line) + ")")
                        .orElse("");
    }

    private static String shortened(String line) {
        return line.length() > 120 ? line.substring(0, 117) + "..." : line;
    }
}
