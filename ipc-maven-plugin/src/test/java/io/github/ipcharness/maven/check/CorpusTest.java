package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "queue-small.jsonl, 300, 1",
        "queue-bounded-small.jsonl, 300, 1",
        "register-small.jsonl, 300, 1",
        "counter-small.jsonl, 300, 1",
        "cas-small.jsonl, 300, 1",
        "queue-large.jsonl.gz, 10, 1000",
        "register-large.jsonl.gz, 10, 1000",
    })
    void verdictsAreTheKnownOnes(String file, int histories, int operationsEach) throws IOException {
        List<Corpus.Entry> corpus = Corpus.read(file, folder);

        SoftAssertions softly = new SoftAssertions();
        for (Corpus.Entry entry : corpus) {
            softly.assertThat(word(entry.judged())).as(entry.name()).isEqualTo(entry.expect());
            softly.assertThat(entry.history().name()).isEqualTo(entry.name());
            softly.assertThat(entry.history().size()).as(entry.name()).isGreaterThanOrEqualTo(operationsEach);
        }
        softly.assertAll();
        assertThat(corpus).hasSize(histories);
    }

    @ParameterizedTest
    @CsvSource({
        "queue-small.jsonl",
        "queue-bounded-small.jsonl",
        "register-small.jsonl",
        "counter-small.jsonl",
        "cas-small.jsonl",
        "queue-large.jsonl.gz",
        "register-large.jsonl.gz",
    })
    void violationsSayWhyAndPointAtLinesOfTheirHistory(String file) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (Corpus.Entry entry : Corpus.read(file, folder)) {
            for (Verdict verdict : entry.judged().verdicts()) {
                if (verdict instanceof Verdict.Violated violated) {
                    softly.assertThat(violated.sentence()).as(entry.name()).isNotBlank();
                    softly.assertThat(lines(entry.history(), violated))
                            .as(entry.name())
                            .isNotEmpty()
                            .doesNotHaveDuplicates()
                            .allMatch(line -> line >= entry.first() && line <= entry.last());
                }
            }
        }
        softly.assertAll();
    }

    private static String word(ObjectVerdict verdict) {
        if (verdict.firstViolation().isPresent()) {
            return "violation";
        }
        return verdict.passed() ? "ok" : "unknown: " + verdict.firstUnknown();
    }

    private static List<Integer> lines(History history, Verdict.Violated violated) {
        return IntStream.of(violated.witness()).map(history::line).boxed().toList();
    }
}
