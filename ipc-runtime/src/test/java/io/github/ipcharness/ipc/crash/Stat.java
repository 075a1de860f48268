package io.github.ipcharness.ipc.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What the kernel says about a process. */
public final class Stat {

    private Stat() {}

    /** Whether every thread of the process stands still after a SIGSTOP. */
    public static boolean isStopped(long pid) throws IOException {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                if (!Files.readString(thread.resolve("stat"))
                        .replaceFirst("(?s).*\\) ", "")
                        .startsWith("T")) {
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException e) {
            // A thread that ended in the meantime: the others were still running.
            return false;
        }
    }
}
