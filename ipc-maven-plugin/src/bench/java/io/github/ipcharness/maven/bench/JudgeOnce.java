package io.github.ipcharness.maven.bench;

import io.github.ipcharness.maven.check.Guarantee;
import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.check.RunHistories;
import java.nio.file.Path;
import java.util.List;

/** Judges a directory once, in a JVM of its own, as a goal does; prints the operations, and nanoseconds of both parts. */
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
        System.out.println(operations + " " + (read - start) + " " + (System.nanoTime() - read));
    }
}
