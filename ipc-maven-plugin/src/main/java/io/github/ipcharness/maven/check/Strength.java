package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much of what can go wrong between processes a history has put to the test. A verdict on operations that never met
 * is right, and worth little.
 *
 * @param processes those that made at least one operation
 * @param overlaps pairs of operations of different processes that were open at the same time
 * @param mostOpen how many operations were open at once
 * @param wraps how often what went in filled the whole capacity; 0 if there is none
 * @param empty how often a process found nothing
 * @param full how often a process found no room
 */
public record Strength(List<String> processes, long overlaps, int mostOpen, long wraps, long empty, long full) {

    public Strength {
        processes = List.copyOf(processes);
    }

    /** Of several objects: what one alone had at most, or all had together. */
    public static Strength of(List<Strength> objects) {
        return new Strength(
                objects.stream()
                        .flatMap(object -> object.processes.stream())
                        .distinct()
                        .sorted()
                        .toList(),
                objects.stream().mapToLong(Strength::overlaps).sum(),
                objects.stream().mapToInt(Strength::mostOpen).max().orElse(0),
                objects.stream().mapToLong(Strength::wraps).sum(),
                objects.stream().mapToLong(Strength::empty).sum(),
                objects.stream().mapToLong(Strength::full).sum());
    }

    /** In n log n, and near n where operations stand nearly in the order of time. */
    static Strength of(History history) {
        int[] sizes = new int[history.processes()];
        for (int i = 0; i < history.size(); i++) {
            sizes[history.process(i)]++;
        }
        Stamps all = new Stamps(history.size());
        Stamps[] own = IntStream.of(sizes).mapToObj(Stamps::new).toArray(Stamps[]::new);
        long in = 0;
        long empty = 0;
        long full = 0;
        for (int i = 0; i < history.size(); i++) {
            all.add(history.call(i), history.returned(i));
            own[history.process(i)].add(history.call(i), history.returned(i));
            in += history.is(i, Operation.PUT, Outcome.OK) || history.is(i, Operation.SEND, Outcome.OK) ? 1 : 0;
            empty += history.outcome(i) == Outcome.EMPTY ? 1 : 0;
            full += history.outcome(i) == Outcome.FULL ? 1 : 0;
        }
        long overlaps = all.sort().overlaps();
        for (Stamps stamps : own) {
            overlaps -= stamps.sort().overlaps();
        }
        List<String> processes = IntStream.range(0, own.length)
                .filter(process -> sizes[process] > 0)
                .mapToObj(history::processName)
                .toList();
        long capacity = history.capacity().orElse(0);
        return new Strength(processes, overlaps, all.mostOpen(), capacity == 0 ? 0 : in / capacity, empty, full);
    }

    /** Calls and returns, each by itself in the order of time. */
    private static final class Stamps {

        private final long[] calls;
        private final long[] returns;
        private int size;

        Stamps(int room) {
            calls = new long[room];
            returns = new long[room];
        }

        void add(long call, long returned) {
            calls[size] = call;
            returns[size++] = returned;
        }

        Stamps sort() {
            Arrays.parallelSort(calls);
            Arrays.parallelSort(returns);
            return this;
        }

        /** All pairs, less those in which one had returned before the other was called. */
        long overlaps() {
            long pairs = (long) size * (size - 1) / 2;
            int returned = 0;
            for (int call = 0; call < size; call++) {
                while (returned < size && returns[returned] < calls[call]) {
                    returned++;
                }
                pairs -= returned;
            }
            return pairs;
        }

        int mostOpen() {
            int most = 0;
            int returned = 0;
            for (int call = 0; call < size; call++) {
                while (returned < size && returns[returned] < calls[call]) {
                    returned++;
                }
                most = Math.max(most, call + 1 - returned);
            }
            return most;
        }
    }
}
