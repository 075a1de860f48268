package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stamps of different clocks cannot be compared, so what is built on them is unknown. */
class ClocksTest {

    private static final int BOOT_ID = 64;
    private static final int TIME_NAMESPACE = 104;
    private static final String OTHER_BOOT = "00000000-0000-4000-8000-000000000000";

    @TempDir
    private Path directory;

    @Test
    void oneClockIsNoDoubt() throws IOException {
        long start = System.nanoTime();
        put("producer-0");
        get("consumer-0");

        assertThat(verdicts(facts(start, System.nanoTime()))).allMatch(Verdict.Passed.class::isInstance);
    }

    @Test
    void anotherBootIsAnotherClock() throws IOException {
        put("producer-0");
        patch(get("consumer-0"), BOOT_ID, OTHER_BOOT.getBytes(StandardCharsets.US_ASCII));

        assertThat(doubt(RunFacts.of(true)))
                .contains("different clocks")
                .contains("producer-0")
                .contains("consumer-0")
                .contains(OTHER_BOOT);
    }

    @Test
    void anotherTimeNamespaceIsAnotherClock() throws IOException {
        put("producer-0");
        byte[] number = ByteBuffer.allocate(8)
                .order(ByteOrder.nativeOrder())
                .putLong(77)
                .array();
        patch(get("consumer-0"), TIME_NAMESPACE, number);

        assertThat(doubt(RunFacts.of(true))).contains("different clocks").contains("time namespace 77=consumer-0");
    }

    @Test
    void theBuildHasToBeOnTheSameClock() throws IOException {
        long start = System.nanoTime();
        put("producer-0");
        ClockId other = new ClockId(OTHER_BOOT, 77);

        assertThat(doubt(new RunFacts(true, false, other, start, System.nanoTime(), Set.of())))
                .contains("the build")
                .contains("producer-0");
    }

    @Test
    void nobodyRecordsBeforeItWasStarted() throws IOException {
        put("producer-0");
        long late = System.nanoTime() + 5_000_000_000L;

        assertThat(doubt(facts(late, late + 1)))
                .contains("by its clock, producer-0 began to record 5.0 s before the build started it");
    }

    @Test
    void nobodyRecordsAfterItHasEnded() throws IOException {
        long start = System.nanoTime();
        put("producer-0");

        assertThat(doubt(facts(start, start)))
                .contains("by its clock, producer-0 still recorded")
                .contains("after the build had seen it end");
    }

    private static RunFacts facts(long start, long end) throws IOException {
        return new RunFacts(true, false, ClockId.own(), start, end, Set.of());
    }

    private Path put(String label) {
        return record(label, Operation.PUT);
    }

    private Path get(String label) {
        return record(label, Operation.GET);
    }

    private Path record(String label, Operation operation) {
        HistoryWriter writer = HistoryWriter.open(directory, label, operation.ordinal());
        try (writer) {
            int object = writer.define("queue", "orders");
            long record = writer.begin(operation, object, 0, 7, 0, 0, 0);
            writer.end(record, Outcome.OK, 7, 0, 0);
        }
        return writer.file();
    }

    private static void patch(Path file, int offset, byte[] bytes) throws IOException {
        try (RandomAccessFile patched = new RandomAccessFile(file.toFile(), "rw")) {
            patched.seek(offset);
            patched.write(bytes);
        }
    }

    private List<Verdict> verdicts(RunFacts facts) throws IOException {
        return new Judge(Guarantee.LINEARIZABLE)
                .judge(RunHistories.read(directory, facts).get(0))
                .verdicts();
    }

    private String doubt(RunFacts facts) throws IOException {
        return verdicts(facts).stream()
                .filter(Verdict.Unknown.class::isInstance)
                .map(verdict -> ((Verdict.Unknown) verdict).why())
                .findFirst()
                .orElseThrow();
    }
}
