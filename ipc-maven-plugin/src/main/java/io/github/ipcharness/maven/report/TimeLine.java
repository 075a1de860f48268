package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * A few operations drawn over time, one lane for each process:
 *
 * <pre>
 *               0 ns     53.0 us  60.0 us    1.4 ms
 *   producer-0  [put(1)] [put(2)]
 *   consumer-0                    [get -> 2] [get -> 1]
 * </pre>
 *
 * <p>A bar goes from the call to the return; one without an end never returned. What stands further right is later, but
 * the distances are not to scale: microseconds and minutes would not go on one line. Operations of one process that were
 * open at once have a lane each. What was done to the processes meanwhile has a lane below.
 */
final class TimeLine {

    /** Wider than this, lines are broken by terminals and build servers, and nobody sees anything. */
    private static final int MAX_WIDTH = 120;

    private static final String GAP = "  ";

    private final History history;
    private final int[] operations;
    private final List<Mark> marks;
    private final long[] stamps;
    private final int[] columns;
    private final int end;

    /** What was done on purpose, and when. */
    record Mark(long at, String what) {}

    private TimeLine(History history, int[] operations, List<Mark> marks) {
        this.history = history;
        this.operations = operations;
        this.marks = marks;
        LongStream times = Arrays.stream(operations)
                .mapToObj(i -> LongStream.of(history.call(i), history.returned(i)))
                .flatMapToLong(both -> both)
                .filter(time -> time != Long.MAX_VALUE);
        this.stamps = LongStream.concat(times, marks.stream().mapToLong(Mark::at))
                .sorted()
                .distinct()
                .toArray();
        this.columns = new int[stamps.length];
        this.end = layOut();
    }

    /** @return lines; none if they would be too wide */
    static List<String> draw(History history, int[] operations, List<Mark> all) {
        int[] ordered = Arrays.stream(operations)
                .boxed()
                .sorted((a, b) -> Long.compare(history.call(a), history.call(b)))
                .mapToInt(i -> i)
                .toArray();
        return new TimeLine(history, ordered, within(history, ordered, all)).lines();
    }

    private static List<Mark> within(History history, int[] ordered, List<Mark> all) {
        if (!history.isNanoseconds() || ordered.length == 0) {
            return List.of();
        }
        long from = history.call(ordered[0]);
        long to = Arrays.stream(ordered).mapToLong(history::returned).max().orElse(from);
        return all.stream().filter(mark -> from <= mark.at() && mark.at() <= to).toList();
    }

    /** Each stamp as far left as the texts between it and earlier ones allow. */
    private int layOut() {
        int last = 0;
        for (int s = 0; s < stamps.length; s++) {
            int column = s == 0 ? 0 : columns[s - 1] + (isReturn(stamps[s - 1]) ? 2 : 1);
            for (int operation : operations) {
                if (history.returned(operation) == stamps[s]) {
                    column = Math.max(column, start(operation) + text(operation).length() + 1);
                }
            }
            columns[s] = column;
            last = column;
        }
        for (int operation : operations) {
            if (history.isPending(operation)) {
                last = Math.max(last, start(operation) + text(operation).length() + 4);
            }
        }
        return last;
    }

    private boolean isReturn(long stamp) {
        return Arrays.stream(operations).anyMatch(operation -> history.returned(operation) == stamp);
    }

    private int column(long stamp) {
        return columns[Arrays.binarySearch(stamps, stamp)];
    }

    private int start(int operation) {
        return column(history.call(operation));
    }

    private String text(int operation) {
        return history.label(operation);
    }

    private List<String> lines() {
        Map<String, StringBuilder> lanes = new LinkedHashMap<>();
        for (int operation : operations) {
            String name = history.processName(history.process(operation));
            bar(lane(lanes, name, start(operation)), operation);
        }
        for (Mark mark : marks) {
            int at = column(mark.at());
            StringBuilder lane = lane(lanes, "fault", at);
            lane.append(" ".repeat(at - lane.length())).append("^ ").append(mark.what());
        }
        int names = lanes.keySet().stream()
                .mapToInt(name -> name.strip().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(" ".repeat(names) + GAP + times());
        lanes.forEach((name, lane) -> lines.add(padded(name.startsWith("\n") ? "" : name, names) + GAP + lane));
        boolean tooWide = lines.stream().anyMatch(line -> line.length() > MAX_WIDTH);
        return tooWide ? List.of() : lines;
    }

    private static String padded(String name, int width) {
        return name + " ".repeat(width - name.length());
    }

    /** The first lane of its process that is free; a further one's name begins with a line end, and is not shown. */
    private static StringBuilder lane(Map<String, StringBuilder> lanes, String name, int start) {
        for (int further = 0; ; further++) {
            StringBuilder lane = lanes.computeIfAbsent("\n".repeat(further) + name, key -> new StringBuilder());
            if (lane.length() <= start) {
                return lane;
            }
        }
    }

    private void bar(StringBuilder lane, int operation) {
        String text = text(operation);
        lane.append(" ".repeat(start(operation) - lane.length())).append('[').append(text);
        if (history.isPending(operation)) {
            lane.append(" ").append(".".repeat(end - lane.length() + 1));
        } else {
            int close = column(history.returned(operation));
            lane.append("-".repeat(close - lane.length())).append(']');
        }
    }

    /** When each began, from the first on, as far as there is room. */
    private String times() {
        StringBuilder line = new StringBuilder();
        for (int operation : operations) {
            int at = start(operation);
            if (at == 0 ? line.length() == 0 : line.length() < at) {
                line.append(" ".repeat(at - line.length())).append(history.time(stamps[0], history.call(operation)));
            }
        }
        return line.toString();
    }
}
