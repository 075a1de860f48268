package io.github.ipcharness.maven.bench;

import io.github.ipcharness.maven.check.Guarantee;
import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.check.RunHistories;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.List;

/**
 * Judges a directory, in a JVM of its own, as a goal does: once, or again and again to see what it takes when the JVM is
 * warm. For the last time it prints the operations, and nanoseconds of reading and of judging; then those of processor
 * time of all.
 */
final class JudgeOnce {

    private JudgeOnce() {}

    /** @param arguments a directory of histories, and how often they are judged */
    public static void main(String[] arguments) throws Exception {
        for (int time = Integer.parseInt(arguments[1]); time > 0; time--) {
            String said = judge(Path.of(arguments[0]));
            if (time == 1) {
                System.out.println(said + " " + cpuNanos());
            }
        }
    }

    private static String judge(Path directory) throws Exception {
        long start = System.nanoTime();
        List<History> histories = RunHistories.read(directory, RunFacts.of(true));
        long read = System.nanoTime();
        Judge judge = new Judge(Guarantee.LINEARIZABLE);
        long operations = 0;
        for (History history : histories) {
            ObjectVerdict verdict = judge.judge(history);
            if (!verdict.passed()) {
                throw new IllegalStateException("a right history did not pass: " + verdict.verdicts());
            }
            operations += verdict.statistics().operations();
        }
        return operations + " " + (read - start) + " " + (System.nanoTime() - read);
    }

    /** What all threads of this process took, the compiler's and the collector's, too. */
    private static long cpuNanos() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean own ? own.getProcessCpuTime() : 0;
    }
}
