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

/** Judges a directory once, in a JVM of its own, as a goal does; prints the operations, nanoseconds of both
 * parts, and nanoseconds of processor time. */
final class JudgeOnce {

    private JudgeOnce() {}

    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        List<History> histories = RunHistories.read(Path.of(arguments[0]), RunFacts.of(true));
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
        long end = System.nanoTime();
        System.out.println(operations + " " + (read - start) + " " + (end - read) + " " + cpuNanos());
    }

    /** What all threads of this process took, the compiler's and the collector's, too. */
    private static long cpuNanos() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof com.sun.management.OperatingSystemMXBean own ? own.getProcessCpuTime() : 0;
    }
}
