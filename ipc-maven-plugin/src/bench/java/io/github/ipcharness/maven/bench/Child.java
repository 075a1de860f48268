package io.github.ipcharness.maven.bench;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a JVM of its own says that has judged a directory once. */
record Child(long operations, long readNanos, long judgeNanos, long cpuNanos) {

    /**
     * Null if the heap did not suffice.
     *
     * @param times how often it judges; what it says is of the last time
     */
    static Child judge(Path histories, String heap, int times) throws Exception {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command = List.of(
                java,
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                JudgeOnce.class.getName(),
                histories.toString(),
                Integer.toString(times));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        if (process.waitFor() == 0) {
            String[] words = said.substring(said.lastIndexOf('\n') + 1).split(" ");
            return new Child(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]));
        }
        if (said.contains("OutOfMemoryError")) {
            return null;
        }
        throw new IllegalStateException(said);
    }

    long nanos() {
        return readNanos + judgeNanos;
    }
}
