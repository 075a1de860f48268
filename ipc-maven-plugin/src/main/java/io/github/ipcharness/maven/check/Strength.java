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
        int[] ends = new int[history.processes()];
        long in = 0;
        long empty = 0;
        long full = 0;
        for (int i = 0; i < history.size(); i++) {
            ends[history.process(i)]++;
            in += history.is(i, Operation.PUT, Outcome.OK) || history.is(i, Operation.SEND, Outcome.OK) ? 1 : 0;
            empty += history.outcome(i) == Outcome.EMPTY ? 1 : 0;
            full += history.outcome(i) == Outcome.FULL ? 1 : 0;
        }
        List<String> processes = IntStream.range(0, ends.length)
                .filter(process -> ends[process] > 0)
                .mapToObj(history::processName)
                .toList();
        Arrays.parallelPrefix(ends, Integer::sum);
        Stamps stamps = new Stamps(history, ends);
        long overlaps =
                -stamps.overlapsWithin(ends) + stamps.sort(0, history.size()).overlaps(0, history.size());
        long capacity = history.capacity().orElse(0);
        return new Strength(processes, overlaps, stamps.mostOpen(), capacity == 0 ? 0 : in / capacity, empty, full);
    }

    /** Calls and returns, each by itself: at first process by process, then all in the order of time. */
    private static final class Stamps {

        private final long[] calls;
        private final long[] returns;

        /** @param ends where each process's operations end, if those of one stand together */
        Stamps(History history, int[] ends) {
            calls = new long[history.size()];
            returns = new long[history.size()];
            int[] next = new int[ends.length];
            System.arraycopy(ends, 0, next, Math.min(1, next.length), Math.max(0, next.length - 1));
            if (next.length > 0) {
                next[0] = 0;
            }
            for (int i = 0; i < history.size(); i++) {
                int place = next[history.process(i)]++;
                calls[place] = history.call(i);
                returns[place] = history.returned(i);
            }
        }

        Stamps sort(int from, int to) {
            Arrays.parallelSort(calls, from, to);
            Arrays.parallelSort(returns, from, to);
            return this;
        }

        long overlapsWithin(int[] ends) {
            long overlaps = 0;
            int from = 0;
            for (int to : ends) {
                overlaps += sort(from, to).overlaps(from, to);
                from = to;
            }
            return overlaps;
        }

        /** All pairs, less those in which one had returned before the other was called. */
        long overlaps(int from, int to) {
            long pairs = (long) (to - from) * (to - from - 1) / 2;
            int returned = from;
            for (int call = from; call < to; call++) {
                while (returned < to && returns[returned] < calls[call]) {
                    returned++;
                }
                pairs -= returned - from;
            }
            return pairs;
        }

        int mostOpen() {
            int most = 0;
            int returned = 0;
            for (int call = 0; call < calls.length; call++) {
                while (returned < calls.length && returns[returned] < calls[call]) {
                    returned++;
                }
                most = Math.max(most, call + 1 - returned);
            }
            return most;
        }
    }
}
