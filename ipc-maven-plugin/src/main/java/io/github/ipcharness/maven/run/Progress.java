package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.HistoryTail;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** What the processes of a run have done so far, seen in their histories as they grow. */
final class Progress implements Closeable {

    /** These end something, and are no message. */
    private static final Set<Operation> NO_MESSAGE = EnumSet.of(Operation.UNLOCK, Operation.CLOSE);

    private final Path histories;
    private final Map<Path, HistoryTail> tails = new HashMap<>();
    private final Set<HistoryTail> past = new HashSet<>();

    Progress(Path histories) {
        this.histories = histories;
    }

    /** Finds the files of processes that have come since. One that is just being made is found the next time. */
    void findNew() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(histories, "*" + HistoryWriter.SUFFIX)) {
            for (Path file : files) {
                if (!tails.containsKey(file)) {
                    open(file);
                }
            }
        }
    }

    private void open(Path file) {
        try {
            tails.put(file, HistoryTail.open(file));
        } catch (IOException e) {
            return; // Its header is not there yet.
        }
    }

    void look() throws IOException {
        for (HistoryTail tail : tails.values()) {
            tail.look();
        }
    }

    /** Leaves out of account what the process of this name has done so far: it is about to be started again. */
    void forget(String label) throws IOException {
        findNew();
        tails(label).forEach(past::add);
    }

    private Stream<HistoryTail> tails(String label) {
        return tails.values().stream().filter(tail -> tail.label().equals(label) && !past.contains(tail));
    }

    /** How many operations of the process have returned ok, since it was last started. */
    long messages(String label) {
        return sum(tails(label), Progress::messages);
    }

    private static long messages(HistoryTail tail) {
        return EnumSet.complementOf(EnumSet.copyOf(NO_MESSAGE)).stream()
                .mapToLong(tail::acknowledged)
                .sum();
    }

    /** When the process began its first operation, if it has. */
    OptionalLong firstCall(String label) {
        return tails(label)
                .filter(HistoryTail::hasBegun)
                .mapToLong(HistoryTail::firstCall)
                .min();
    }

    /** How many messages the process has put into queues. */
    long putBy(String label) {
        return sum(tails(label), tail -> tail.acknowledged(Operation.PUT));
    }

    /** Whether as many messages have been taken from queues as were put, but for those that a take may just have. */
    boolean isNothingLeftToTake() {
        long in = sum(tails.values().stream(), tail -> tail.acknowledged(Operation.PUT));
        long out = sum(tails.values().stream(), tail -> tail.acknowledged(Operation.GET) + tail.open(Operation.GET));
        return in <= out;
    }

    private static long sum(Stream<HistoryTail> tails, ToLongFunction<HistoryTail> figure) {
        return tails.mapToLong(figure).sum();
    }

    @Override
    public void close() throws IOException {
        for (HistoryTail tail : tails.values()) {
            tail.close();
        }
    }
}
