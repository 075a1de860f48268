package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.BLOCKS_FROM;
import static io.github.ipcharness.ipc.history.HistoryLayout.BLOCK_BYTES;
import static io.github.ipcharness.ipc.history.HistoryLayout.BLOCK_RECORDS;
import static io.github.ipcharness.ipc.history.HistoryLayout.SLOTS;
import static io.github.ipcharness.ipc.history.HistoryLayout.slotFrom;
import static io.github.ipcharness.ipc.history.HistoryLayout.slotWord;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.Child;
import io.github.ipcharness.ipc.Threads;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blocks that leave their slots take every record with them, however long one has been waited for. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlocksTest {

    @TempDir
    Path directory;

    private final Threads threads = new Threads();
    private HistoryWriter writer;
    private int object;

    @BeforeEach
    void open() {
        writer = HistoryWriter.open(directory, "w", 1);
        object = writer.define("queue", "q");
    }

    @AfterEach
    void close() {
        threads.close();
        writer.close();
    }

    private long begin(long value) {
        return writer.begin(Operation.PUT, object, 0, value, 0, 0, 0);
    }

    private void put(long value) {
        writer.end(begin(value), Outcome.OK, -value, 0, 0);
    }

    private long bytesInFile() throws IOException {
        return Files.size(writer.file());
    }

    @Test
    void oneThreadAloneNeedsOneSlotForAllThatItRecords() throws IOException {
        int blocks = 20;
        for (int i = 0; i < blocks * BLOCK_RECORDS; i++) {
            put(i);
        }

        try (RandomAccessFile file = new RandomAccessFile(writer.file().toFile(), "r")) {
            byte[] second = new byte[BLOCK_BYTES];
            file.seek(slotFrom(1));
            file.readFully(second);
            assertThat(second).containsOnly(0);
        }
        assertThat(bytesInFile()).isEqualTo(BLOCKS_FROM + (long) blocks * BLOCK_BYTES);
        readInOrder(blocks * BLOCK_RECORDS, 0);
    }

    /** Also checks what each returned, but for so many that have not. */
    private void readInOrder(int count, int pending) throws IOException {
        HistoryReader reader = HistoryReader.open(writer.file());
        int found = 0;
        for (int i = 0; i < count; i++) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.value()).isEqualTo(i);
            if (reader.outcome() == Outcome.PENDING) {
                found++;
            } else {
                assertThat(reader.found()).isEqualTo(-i);
            }
        }
        assertThat(reader.next()).isFalse();
        assertThat(found).isEqualTo(pending);
    }

    @Test
    void whatReturnsLateIsPendingUntilThenAndThenReturned() throws IOException {
        int late = SLOTS + 4;
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < late * BLOCK_RECORDS; i++) {
            if (i % BLOCK_RECORDS == BLOCK_RECORDS / 2) {
                open.add(begin(i));
            } else {
                put(i);
            }
        }
        readInOrder(late * BLOCK_RECORDS, late);
        try (HistoryTail tail = HistoryTail.open(writer.file())) {
            tail.look();
            assertThat(tail.open(Operation.PUT)).isEqualTo(late);

            for (int i = 0; i < late; i++) {
                writer.end(open.get(i), Outcome.OK, -(long) i * BLOCK_RECORDS - BLOCK_RECORDS / 2, 0, 0);
            }
            tail.look();
            assertThat(tail.open(Operation.PUT)).isZero();
            assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(late * BLOCK_RECORDS);
            long before = bytesInFile();
            for (int i = late * BLOCK_RECORDS; i < 2 * late * BLOCK_RECORDS; i++) {
                put(i);
            }
            tail.look();
            assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(2 * late * BLOCK_RECORDS);
            assertThat(bytesInFile()).isGreaterThan(before);
        }
        readInOrder(2 * late * BLOCK_RECORDS, 0);
    }

    @Test
    void aRowOfLooksGoesOnInItsPlaceHoweverMuchIsRecordedInBetween() throws IOException {
        long first = HistoryWriter.stamp();
        writer.look(first, Operation.GET, object, 0, 0, Outcome.EMPTY, 0, 0);
        long row = 0;
        for (int i = 0; i < 3 * BLOCK_RECORDS; i++) {
            if (i % 100 == 0) {
                long last = HistoryWriter.stamp();
                row = writer.lookAgain(row, last, Operation.GET, object, 0, 0, Outcome.EMPTY, i, 0);
            }
            put(i);
        }
        assertThat(looks()).containsExactly(0L, 3 * BLOCK_RECORDS / 100 * 100L);
        writer.endLooks(row);
        for (int i = 0; i < 3 * BLOCK_RECORDS; i++) {
            put(i);
        }
        assertThat(looks()).containsExactly(0L, 3 * BLOCK_RECORDS / 100 * 100L);
    }

    private List<Long> looks() throws IOException {
        List<Long> found = new ArrayList<>();
        HistoryReader reader = HistoryReader.open(writer.file());
        while (reader.next()) {
            if (reader.operation() == Operation.GET) {
                assertThat(reader.outcome()).isEqualTo(Outcome.EMPTY);
                assertThat(reader.returned()).isGreaterThanOrEqualTo(reader.call());
                found.add(reader.found());
            }
        }
        return found;
    }

    @Test
    void whoIsInterruptedRecordsOnAndStaysInterrupted() throws IOException {
        Thread.currentThread().interrupt();
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < 5 * BLOCK_RECORDS; i++) {
            // Some blocks are mapped, and some are written to their places.
            if (i == BLOCK_RECORDS / 2) {
                open.add(begin(i));
            } else {
                put(i);
            }
        }
        assertThat(Thread.interrupted()).isTrue();
        readInOrder(5 * BLOCK_RECORDS, open.size());
    }

    @Test
    void whoReadsAndFollowsWhileOthersWriteMissesNothing() throws Exception {
        int each = 30 * BLOCK_RECORDS;
        int count = 3;
        AtomicBoolean over = new AtomicBoolean();
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            writing.add(threads.run(() -> {
                for (int j = 0; j < each; j++) {
                    put((long) j * count + number);
                }
            }));
        }
        Future<?> reading = threads.run(() -> {
            while (!over.get()) {
                requireNoGap(count);
            }
        });
        try (HistoryTail tail = HistoryTail.open(writer.file())) {
            long seen = 0;
            while (seen < (long) each * count) {
                tail.look();
                long now = tail.acknowledged(Operation.PUT);
                assertThat(now).isGreaterThanOrEqualTo(seen);
                seen = now;
                assertThat(reading.isDone()).isFalse();
            }
            assertThat(seen).isEqualTo((long) each * count);
        }
        for (Future<?> future : writing) {
            Threads.result(future);
        }
        over.set(true);
        Threads.result(reading);
        assertThat(requireNoGap(count)).isEqualTo((long) each * count);
    }

    /** What each thread has recorded until now, from its first to its last. */
    private long requireNoGap(int count) throws IOException {
        long[] next = new long[count];
        long all = 0;
        HistoryReader reader = HistoryReader.open(writer.file());
        while (reader.next()) {
            int number = (int) (reader.value() % count);
            assertThat(reader.value() / count).isEqualTo(next[number]++);
            if (reader.outcome() == Outcome.OK) {
                assertThat(reader.found()).isEqualTo(-reader.value());
            }
            all++;
        }
        return all;
    }

    @Test
    void aSlotThatCannotHoldWhatItSaysIsDamage() throws IOException {
        put(0);
        for (long word : new long[] {-1, Integer.MAX_VALUE + 1L, Long.MIN_VALUE}) {
            patch(slotWord(3), word);
            refused("damaged history: slot 3 cannot hold block " + (word - 1));
        }
        patch(slotWord(3), 1);
        refused("damaged history: slot 3 cannot hold block 0");
        patch(slotWord(3), Integer.MAX_VALUE);
        readInOrder(1, 0);
    }

    private void refused(String why) {
        assertThatThrownBy(() -> HistoryReader.open(writer.file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(writer.file().toString());
    }

    private void patch(long offset, long word) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(writer.file().toFile(), "rw")) {
            opened.seek(offset);
            opened.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .putLong(word)
                    .array());
        }
    }
}
