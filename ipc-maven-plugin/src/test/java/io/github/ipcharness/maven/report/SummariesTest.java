package io.github.ipcharness.maven.report;

import static io.github.ipcharness.maven.report.Results.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.maven.scenario.Goal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummariesTest {

    private static final Path RUN = Path.of("/target/ipc/runs/queue-orders");

    @TempDir
    Path directory;

    private Summaries summaries;

    @BeforeEach
    void open() {
        summaries = new Summaries(directory.resolve("summaries"));
    }

    private Verification verification(String... expected) throws IOException {
        return Verification.of(summaries, Set.of(expected), 0);
    }

    @Test
    void aSummaryIsReadAsItWasWritten() throws IOException {
        summaries.write(failing(), RUN);

        Summary summary = summaries.read("queue-orders").orElseThrow();

        assertThat(summary).isEqualTo(Summary.of(failing(), summary.finishedMillis(), RUN.toString()));
        assertThat(summary.outcome()).isEqualTo(Summary.Outcome.FAILED);
        assertThat(summary.operations()).isEqualTo(20_001);
    }

    @Test
    void whoeverReadsMeanwhileFindsAllOfItOrNothing() throws Exception {
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    summaries.write(i % 2 == 0 ? failing() : passing(), RUN);
                }
                return null;
            });
            while (!writing.isDone()) {
                summaries.all().forEach(summary -> assertThat(summary.goal()).isEqualTo("queue"));
            }
            writing.get();
        } finally {
            writer.shutdownNow();
        }
        try (Stream<Path> files = Files.list(directory.resolve("summaries"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactly("queue-orders.json");
        }
    }

    @Test
    void aBrokenSummaryIsAnErrorThatNamesTheFile() throws IOException {
        Files.createDirectories(directory.resolve("summaries"));
        Path file = Files.writeString(directory.resolve("summaries/queue-orders.json"), "{\"goal\":");

        assertThatThrownBy(() -> summaries.all()).hasMessageContaining(file.toString());
    }

    @Test
    void aDeletedSummaryIsGone() throws IOException {
        summaries.write(passing(), RUN);
        summaries.delete(Goal.QUEUE, "orders");

        assertThat(summaries.read("queue-orders")).isEmpty();
        assertThat(summaries.all()).isEmpty();
    }

    @Test
    void verifyPassesIfAllThatIsConfiguredHasPassed() throws IOException {
        summaries.write(passing(), RUN);

        Verification verification = verification("queue-orders");

        assertThat(verification.passed()).isTrue();
        assertThat(verification.praise()).isEqualTo("1 scenario passed, 20,001 operations judged");
    }

    @Test
    void verifyRepeatsEveryFailureWithItsEvidence() throws IOException {
        summaries.write(failing(), RUN);

        Verification verification = verification("queue-orders");

        assertThat(verification.passed()).isFalse();
        assertThat(verification.failed()).isTrue();
        assertThat(verification.message())
                .isEqualTo("queue orders: 17 was put before 18, but \"18\" was taken first (order of queue orders)\n"
                        + "    put 17 by producer-0\n"
                        + "    get 18 by consumer-0\n"
                        + "    histories and logs: /target/ipc/runs/queue-orders\n"
                        + "    repeat: mvn test-compile ipc:queue@orders");
    }

    @Test
    void aDoubtIsNoFailureButDoesNotPass() throws IOException {
        summaries.write(result(List.of(ended("producer-0")), queue(unknown("order"))), RUN);

        Verification verification = verification("queue-orders");

        assertThat(verification.passed()).isFalse();
        assertThat(verification.failed()).isFalse();
        assertThat(verification.message()).contains("the search took too long");
    }

    @Test
    void aToleratedDoubtPasses() throws IOException {
        summaries.write(result(true, List.of(ended("producer-0")), queue(unknown("order"))), RUN);

        assertThat(verification("queue-orders").passed()).isTrue();
    }

    @Test
    void anAbsentSummaryOfAConfiguredScenarioIsAFailure() throws IOException {
        summaries.write(passing(), RUN);

        Verification verification = verification("queue-orders", "pipe-chat-2");

        assertThat(verification.passed()).isFalse();
        assertThat(verification.failed()).isTrue();
        assertThat(verification.message()).startsWith("the scenario chat-2 of ipc:pipe is configured but did not run");
    }

    @Test
    void anEarlierBuildsSummaryDoesNotCount() throws IOException {
        summaries.write(passing(), RUN);
        summaries.write(new Summary(
                "pipe",
                "renamed",
                "",
                Summary.Outcome.FAILED,
                5,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                null,
                null));
        long later = System.currentTimeMillis() + 1000;

        Verification verification = Verification.of(summaries, Set.of("queue-orders"), later);

        assertThat(verification.passed()).isFalse();
        assertThat(verification.message()).contains("orders", "its summary is from an earlier build");
        assertThat(Verification.of(summaries, Set.of("queue-orders"), 6).passed())
                .isTrue();
    }

    @Test
    void nothingAtAllIsNeverAPass() throws IOException {
        Verification verification = verification();

        assertThat(verification.passed()).isFalse();
        assertThat(verification.failed()).isTrue();
        assertThat(verification.message()).startsWith("verify has nothing to verify: ");
    }

    @Test
    void aSkippedScenarioIsNotMissed() throws IOException {
        summaries.write(passing(), RUN);
        summaries.writeSkipped(Goal.PIPE, "chat");

        Verification verification = verification("queue-orders", "pipe-chat");

        assertThat(verification.passed()).isTrue();
        assertThat(verification.praise()).endsWith("1 scenario skipped");
    }
}
