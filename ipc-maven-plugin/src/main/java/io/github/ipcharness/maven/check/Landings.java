package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Proves from a run's histories where its faults landed. A signal that was sent proves nothing: its process may have been
 * through with everything.
 *
 * <p>A call was inside if it had begun before the fault was in force and had not returned when it was over. Stamps are of
 * the machine's one clock, those of the faults as well.
 */
public final class Landings {

    private final List<Path> files;

    /** @param directory holds the {@code *.history} files */
    public Landings(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(HistoryWriter.SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private List<HistoryReader> readers(Predicate<HistoryReader> wanted) throws IOException {
        List<HistoryReader> readers = new ArrayList<>();
        for (Path file : files) {
            HistoryReader reader = HistoryReader.open(file);
            if (wanted.test(reader)) {
                readers.add(reader);
            }
        }
        return readers;
    }

    /** Of a SIGKILL to these processes: they are inside a call that never returned, or had not closed their recording. */
    public Landing ofKill(Set<Long> pids) throws IOException {
        Set<String> inside = new TreeSet<>();
        long returned = 0;
        boolean open = false;
        for (HistoryReader reader : readers(reader -> pids.contains(reader.pid()))) {
            open |= !reader.isClosed();
            while (reader.next()) {
                if (reader.outcome() == Outcome.PENDING) {
                    inside.add(describe(reader));
                } else {
                    returned++;
                }
            }
        }
        if (!inside.isEmpty()) {
            return new Landing(Landing.Where.INSIDE, "landed inside " + String.join(" and ", inside) + after(returned));
        }
        if (returned == 0) {
            return Landing.nowhere("the process had recorded nothing");
        }
        return open
                ? new Landing(Landing.Where.BETWEEN, "landed between two operations" + after(returned))
                : Landing.nowhere("the process had finished its recording" + after(returned));
    }

    /** Of a SIGSTOP to these processes, which none of their threads ran after {@code from} nor before {@code to}. */
    public Landing ofPause(Set<Long> pids, long from, long to) throws IOException {
        Set<String> inside = new TreeSet<>();
        long before = 0;
        long after = 0;
        boolean open = false;
        for (HistoryReader reader : readers(reader -> pids.contains(reader.pid()))) {
            open |= !reader.isClosed(); // Something else has ended it, or it would have gone on.
            while (reader.next()) {
                if (reader.call() > to) {
                    after++;
                } else if (reader.returned() < from) {
                    before++;
                } else if (reader.call() < from && reader.returned() > to) {
                    inside.add(describe(reader));
                }
            }
        }
        if (!inside.isEmpty()) {
            return new Landing(Landing.Where.INSIDE, "landed inside " + String.join(" and ", inside) + after(before));
        }
        return before > 0 && (after > 0 || open)
                ? new Landing(Landing.Where.BETWEEN, "landed between two operations" + after(before))
                : Landing.nowhere("the process had recorded "
                        + (before > 0 ? "all its operations before" : after > 0 ? "nothing before" : "nothing"));
    }

    /** Of a delay before each operation of the processes of this name: how often they paused for so long. */
    public Landing ofSlow(String label, long delayNanos) throws IOException {
        long pauses = 0;
        long steps = 0;
        for (HistoryReader reader : readers(reader -> reader.label().equals(label))) {
            Map<Integer, Long> lastReturn = new HashMap<>();
            while (reader.next()) {
                Long last = lastReturn.get(reader.thread());
                if (last != null) {
                    steps++;
                    pauses += reader.call() - last >= delayNanos ? 1 : 0;
                }
                lastReturn.put(reader.thread(), reader.returned());
            }
        }
        return pauses == 0
                ? Landing.nowhere("of " + Words.count(steps, "pause") + " between operations none was as long")
                : new Landing(
                        Landing.Where.BETWEEN,
                        "landed between operations, " + Words.count(pauses, "time") + " of " + steps);
    }

    /** Of a time in which the machine was busy: how many operations of anybody's it met. */
    public Landing ofStarve(long from, long to) throws IOException {
        long met = 0;
        for (HistoryReader reader : readers(reader -> true)) {
            while (reader.next()) {
                met += reader.call() < to && reader.returned() > from ? 1 : 0;
            }
        }
        return met == 0
                ? Landing.nowhere("no operation was recorded in that time")
                : new Landing(Landing.Where.INSIDE, "landed on " + Words.count(met, "operation"));
    }

    /** {@code put of queue orders} */
    private static String describe(HistoryReader reader) {
        Map<String, String> object = reader.object();
        return reader.operation() + " of " + object.get("kind") + " " + object.get("name");
    }

    private static String after(long returned) {
        return returned == 0 ? ", its first operation" : ", after " + Words.count(returned, "operation");
    }
}
