package io.github.ipcharness.ipc.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTailTest {

    @TempDir
    Path directory;

    private HistoryWriter writer;
    private HistoryTail tail;
    private int orders;

    @BeforeEach
    void open() throws IOException {
        writer = HistoryWriter.open(directory, "producer-0", 1);
        tail = HistoryTail.open(writer.file());
        orders = writer.define("queue", "orders");
    }

    @AfterEach
    void close() throws IOException {
        tail.close();
        writer.close();
    }

    private long begin(Operation operation) {
        return writer.begin(operation, orders, 0, 0, 0, 0, 0);
    }

    private void put() {
        writer.end(begin(Operation.PUT), Outcome.OK);
    }

    @Test
    void itKnowsWhoWrites() {
        assertThat(tail.label()).isEqualTo("producer-0");
        assertThat(tail.pid()).isEqualTo(ProcessHandle.current().pid());
    }

    @Test
    void whatHasReturnedIsCountedOnce() throws IOException {
        put();
        tail.look();
        put();
        put();
        tail.look();
        tail.look();

        assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(3);
        assertThat(tail.acknowledged(Operation.GET)).isZero();
    }

    @Test
    void whatReturnsLateIsCountedWhenItDoesAndKeepsNobodyElseBack() throws IOException {
        long late = begin(Operation.GET);
        put();
        tail.look();
        assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(1);
        assertThat(tail.acknowledged(Operation.GET)).isZero();
        assertThat(tail.open(Operation.GET)).isEqualTo(1);

        writer.end(late, Outcome.OK, 5, 0, 0);
        tail.look();
        assertThat(tail.acknowledged(Operation.GET)).isEqualTo(1);
        assertThat(tail.open(Operation.GET)).isZero();
    }

    @Test
    void onlyWhatReturnedWithWhatItAskedForIsCounted() throws IOException {
        writer.end(begin(Operation.PUT), Outcome.FULL);
        writer.end(begin(Operation.GET), Outcome.EMPTY);
        writer.end(begin(Operation.LOCK), Outcome.RECOVERED);
        tail.look();

        assertThat(tail.acknowledged(Operation.PUT)).isZero();
        assertThat(tail.acknowledged(Operation.GET)).isZero();
        assertThat(tail.acknowledged(Operation.LOCK)).isEqualTo(1);
    }

    @Test
    void itBeginsWithTheFirstCall() throws IOException {
        tail.look();
        assertThat(tail.hasBegun()).isFalse();

        long before = System.nanoTime();
        begin(Operation.PUT);
        long after = System.nanoTime();
        tail.look();
        assertThat(tail.hasBegun()).isTrue();
        assertThat(tail.firstCall()).isBetween(before, after);
    }

    @Test
    void itFollowsThroughTextsAndThroughTheGrowthOfTheFile() throws IOException {
        long size = Files.size(writer.file());
        for (int i = 0; i < 50_000; i++) {
            if (i % 100 == 0) {
                writer.text("a string of more bytes than one record of a history has room for: " + i);
            }
            put();
            if (i % 777 == 0) {
                tail.look();
                assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(i + 1);
            }
        }
        tail.look();

        assertThat(Files.size(writer.file())).isGreaterThan(2 * size);
        assertThat(tail.acknowledged(Operation.PUT)).isEqualTo(50_000);
    }

    @Test
    void whatIsNoHistoryIsRefused() throws IOException {
        Path other = Files.write(directory.resolve("other.history"), new byte[4096]);

        assertThatThrownBy(() -> HistoryTail.open(other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a history of this library");
    }
}
