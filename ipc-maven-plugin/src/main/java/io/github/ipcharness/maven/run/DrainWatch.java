package io.github.ipcharness.maven.run;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Sees in the live histories whether anything is left to take: whether as many gets as puts have been acknowledged, of
 * each queue, and, of each pipe, as many receives by consumers as sends by producers.
 *
 * <p>To be asked once the producers have ended. A put that never returned is not waited for: nobody knows whether it
 * happened.
 */
final class DrainWatch {

    private final Path histories;
    private final Predicate<Long> wasKilled;
    private final Map<String, Long> left = new TreeMap<>();
    private String unreadable;

    /** @param wasKilled whether a fault has killed the process of this id: what it was about to take may be gone */
    DrainWatch(Path histories, Predicate<Long> wasKilled) {
        this.histories = histories;
        this.wasKilled = wasKilled;
    }

    /** Looks again, at the whole of it: the cost grows with the histories. */
    boolean isDrained() {
        left.clear();
        unreadable = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(histories, "*" + HistoryWriter.SUFFIX)) {
            for (Path file : files) {
                count(HistoryReader.open(file));
            }
        } catch (IOException e) {
            unreadable = e.getMessage(); // A process is just making its file.
            return false;
        }
        left.values().removeIf(count -> count <= 0);
        return left.isEmpty();
    }

    private void count(HistoryReader reader) {
        boolean producer = reader.label().startsWith("producer");
        boolean killed = wasKilled.test(reader.pid());
        while (reader.next()) {
            boolean done = reader.outcome() == Outcome.OK;
            boolean mayBeDone = killed && reader.outcome() == Outcome.PENDING;
            Operation operation = reader.operation();
            boolean in = done && (operation == Operation.PUT || producer && operation == Operation.SEND);
            boolean out =
                    (done || mayBeDone) && (operation == Operation.GET || !producer && operation == Operation.RECEIVE);
            if (in || out) {
                Map<String, String> object = reader.object();
                left.merge(object.get("kind") + " " + object.get("name"), in ? 1L : -1L, Long::sum);
            }
        }
    }

    /** What the last look has found. */
    String describe() {
        if (unreadable != null) {
            return "the histories could not be read: " + unreadable;
        }
        StringBuilder text = new StringBuilder();
        left.forEach((object, count) -> text.append(text.length() == 0 ? "" : ", ")
                .append(count)
                .append(count == 1 ? " message was" : " messages were")
                .append(" left in ")
                .append(object));
        return text.length() == 0 ? "nothing was left to take" : text.toString();
    }
}
