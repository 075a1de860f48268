package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills a {@link History}, operation by operation.
 *
 * <p>Strings become numbers, the same number for the same string. Where a history has both strings and numbers for
 * values (a register of strings whose initial value is 0), all of them become numbers of a common table in the end.
 */
final class HistoryBuilder {

    private static final int FIRST_ROOM = 16;
    /** To copy all of a history costs more than to leave an eighth of its room empty. */
    private static final int SLACK_BITS = 3;

    final History.HistoryHeader header;
    private final History.HistoryColumns columns = new History.HistoryColumns(FIRST_ROOM);
    private final Map<String, Integer> processes = new LinkedHashMap<>();
    private final Map<Object, Integer> numbers = new HashMap<>();
    private final List<Object> texts = new ArrayList<>();
    private final BitSet textValues = new BitSet();
    private final BitSet textOthers = new BitSet();
    private long[] lastSeen = new long[FIRST_ROOM];
    private Object initial = 0L;

    HistoryBuilder(String name, String source, String kind) {
        header = new History.HistoryHeader(name, source, kind);
        Arrays.fill(lastSeen, Long.MIN_VALUE);
    }

    /** The object's value at the beginning, a Long or a String. */
    void initial(Object value) {
        initial = value;
        if (value instanceof String) {
            number(value);
        }
    }

    int process(String label) {
        int process = processes.computeIfAbsent(label, unused -> processes.size());
        if (process >= lastSeen.length) {
            lastSeen = Arrays.copyOf(lastSeen, process * 2);
            Arrays.fill(lastSeen, process, process * 2, Long.MIN_VALUE);
        }
        return process;
    }

    /** The process still made a call at this instant, perhaps on another object. */
    void seen(int process, long stamp) {
        lastSeen[process] = Math.max(lastSeen[process], stamp);
    }

    /** What is known of these processes from other objects. */
    void seenElsewhere(Map<String, Long> stamps) {
        processes.forEach((label, process) -> seen(process, stamps.getOrDefault(label, Long.MIN_VALUE)));
    }

    int number(Object text) {
        return numbers.computeIfAbsent(text, unused -> {
            texts.add(text);
            return texts.size() - 1;
        });
    }

    /** Makes room for so many operations at once, instead of growing time and again. */
    void reserve(int operations) {
        if (columns.size == 0 && operations > columns.room()) {
            columns.resize(operations);
        }
    }

    /** Adds an operation; the setters that follow refine it. */
    void add(Operation operation, Outcome outcome, int process, long call, long returned, int line) {
        int i = columns.size;
        if (i == columns.room()) {
            columns.resize(i + (i >> 1));
        }
        columns.size++;
        columns.code[i] = History.HistoryColumns.code(operation, outcome);
        columns.process.set(i, process);
        columns.call[i] = call;
        columns.duration.set(i, outcome == Outcome.PENDING ? 0 : returned - call);
        columns.line.set(i, line);
        seen(process, outcome == Outcome.PENDING ? call : returned);
    }

    void value(long value) {
        columns.value[columns.size - 1] = value;
    }

    void value(String text) {
        textValues.set(columns.size - 1);
        value(number(text));
    }

    /** The expected value of a cas, the delta of an add, the number that is shown for a message. */
    void other(long other) {
        if (columns.other == null) {
            columns.other = new NarrowColumn(columns.room());
        }
        columns.other.set(columns.size - 1, other);
    }

    void other(String text) {
        textOthers.set(columns.size - 1);
        other(number(text));
    }

    void flags(int flags) {
        columns.flags[columns.size - 1] |= (byte) flags;
    }

    void sum(int sum) {
        if (sum != 0) {
            if (columns.sum == null) {
                columns.sum = new NarrowColumn(columns.room());
            }
            columns.sum.set(columns.size - 1, sum);
        }
    }

    int size() {
        return columns.size;
    }

    History build() {
        header.processes = processes.keySet().toArray(String[]::new);
        if (columns.size < columns.room() - (columns.room() >> SLACK_BITS)) {
            columns.resize(columns.size);
        }
        long first = initial instanceof Long number ? number : 0;
        if (!texts.isEmpty()) {
            unifyTexts();
            first = number(initial);
        }
        return new History(header, columns, texts.isEmpty() ? null : texts.toArray(), first, lastSeen);
    }

    private void unifyTexts() {
        for (int i = 0; i < columns.size; i++) {
            if (!textValues.get(i)) {
                columns.value[i] = number(columns.value[i]);
            }
            boolean isValue = columns.code[i] % 16 == Operation.CAS.ordinal();
            if (isValue && columns.other != null && !textOthers.get(i)) {
                columns.other.set(i, number(columns.other.get(i)));
            }
        }
    }
}
