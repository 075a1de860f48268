package io.github.ipcharness.maven.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge finds each planted bug, by the right check, and lets pass what is merely odd. */
class PlantedTest {

    private static final String FORMAT = "%-46s | %-16s | %-16s | %s";

    /** One of a table's lines. */
    private record Line(Planted planted, String verdict, String sentence) {

        String expected() {
            return planted.violated() == null ? "passed" : planted.violated();
        }

        boolean isRight() {
            return expected().equals(verdict);
        }

        @Override
        public String toString() {
            String text = sentence.length() > 150 ? sentence.substring(0, 147) + "..." : sentence;
            return String.format(FORMAT, planted.name(), expected(), verdict, text);
        }
    }

    /** With {@code -Dplanted.runs=50} as often as that. */
    @Test
    void shouldTellPlantedBugsFromOddTiming(@TempDir Path directory) throws Exception {
        int runs = Integer.getInteger("planted.runs", 1);
        List<Line> wrong = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            List<Line> lines = play(directory);
            if (run == 0) {
                System.out.println(String.format(FORMAT, "planted", "expected", "verdict", "sentence"));
                lines.forEach(System.out::println);
            }
            lines.stream().filter(line -> !line.isRight()).forEach(wrong::add);
        }

        assertThat(wrong).isEmpty();
    }

    private static List<Line> play(Path directory) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (Planted planted : catalogue()) {
            lines.add(played(planted, directory));
        }
        return lines;
    }

    private static List<Planted> catalogue() {
        return Stream.of(
                        BrokenQueues.all(),
                        BrokenPipes.all(),
                        BrokenValues.all(),
                        BrokenLocks.all(),
                        LegalQueues.all(),
                        LegalPipes.all(),
                        LegalValues.all(),
                        LegalLocks.all())
                .flatMap(List::stream)
                .toList();
    }

    private static Line played(Planted planted, Path directory) throws Exception {
        try (Stage stage = new Stage(directory)) {
            planted.script().play(stage);
            return line(planted, stage.judge(planted));
        }
    }

    private static Line line(Planted planted, List<ObjectVerdict> objects) {
        for (ObjectVerdict object : objects) {
            if (object.firstViolation().isPresent()) {
                Verdict.Violated violated = object.firstViolation().get();
                return new Line(planted, violated.check(), violated.sentence());
            }
        }
        for (ObjectVerdict object : objects) {
            if (object.firstUnknown().isPresent()) {
                Verdict.Unknown unknown = object.firstUnknown().get();
                return new Line(planted, "unknown", unknown.check() + ": " + unknown.why());
            }
        }
        List<Verdict> verdicts =
                objects.stream().flatMap(object -> object.verdicts().stream()).toList();
        return verdicts.isEmpty()
                ? new Line(planted, "nothing", "there was nothing to judge")
                : new Line(planted, "passed", ((Verdict.Passed) verdicts.get(verdicts.size() - 1)).what());
    }
}
