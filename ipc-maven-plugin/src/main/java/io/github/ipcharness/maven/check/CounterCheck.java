package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A counter: adds that return the value before, and reads. Sound and complete where every delta is positive and nothing
 * overflows; n log n.
 *
 * <p>The value only grows, so the values found fix the order: the add that found the initial value is the first, the one
 * that found what this left is next, and so on. Two adds that found the same value lost an update. A value found that
 * nobody left is a gap. In the order so found, an operation that returned before an earlier one was called is a
 * violation; reads of one value stand together before the add that found it, in any order among themselves.
 *
 * <p>Adds that never returned can only fill gaps or stand at the end. If there is neither a gap nor a read beyond the
 * last add, they need not have happened; otherwise {@link Search} decides which of them did.
 */
final class CounterCheck {

    private final History history;
    private final int[] adds;
    private final int[] reads;
    private final boolean pending;

    CounterCheck(History history) {
        this.history = history;
        this.adds = select(Operation.ADD);
        this.reads = select(Operation.READ);
        this.pending = IntStream.range(0, history.size()).anyMatch(i -> history.is(i, Operation.ADD, Outcome.PENDING));
    }

    /** Done ones, by the value found. */
    private int[] select(Operation operation) {
        int[] found = IntStream.range(0, history.size())
                .filter(i -> history.is(i, operation, Outcome.OK))
                .toArray();
        return IndexSort.sort(found, history.size(), i -> sortable(history.value(i)));
    }

    /** Doubles as numbers that sort alike. */
    private long sortable(long value) {
        return history.type() == ValueType.DOUBLE && value < 0 ? value ^ Long.MAX_VALUE : value;
    }

    /** Null if this rule cannot decide, and a search must. */
    List<Verdict> judge() {
        if (!grows()) {
            return null;
        }
        List<Verdict> verdicts = new ArrayList<>();
        Verdict lost = lostUpdate();
        verdicts.add(lost);
        if (lost instanceof Verdict.Violated) {
            return verdicts;
        }
        Verdict chain = chain();
        if (chain != null && pending) {
            return null;
        }
        verdicts.add(chain != null ? chain : order());
        return verdicts;
    }

    private boolean grows() {
        for (int i = 0; i < history.size(); i++) {
            if (history.operation(i) == Operation.ADD) {
                long delta = history.other(i);
                boolean positive = history.type().isLess(0, delta);
                if (!positive || !history.isPending(i) && !history.type().isLess(history.value(i), left(i))) {
                    return false;
                }
            }
        }
        return !pending || sumOfDeltasFits();
    }

    /** Adds that never returned must not overflow either, wherever they stand. */
    private boolean sumOfDeltasFits() {
        if (history.type() == ValueType.DOUBLE) {
            return false;
        }
        long limit = history.type() == ValueType.INT ? Integer.MAX_VALUE : Long.MAX_VALUE;
        long room = limit;
        for (int i = 0; i < history.size(); i++) {
            if (history.operation(i) == Operation.ADD) {
                room -= history.other(i);
                if (room < 0) {
                    return false;
                }
            }
        }
        return history.initial() <= 0 || history.initial() <= room;
    }

    private long left(int add) {
        return history.type().plus(history.value(add), history.other(add));
    }

    private Verdict lostUpdate() {
        int[] first = null;
        long lost = 0;
        for (int k = 1; k < adds.length; k++) {
            if (history.value(adds[k - 1]) == history.value(adds[k])) {
                lost++;
                first = first == null ? byReturn(adds[k - 1], adds[k]) : first;
            }
        }
        if (first == null) {
            return new Verdict.Passed(
                    "lost update", Words.count(adds.length, "add") + ", each of which found another value");
        }
        String sentence = history.brief(first[0]) + " and " + history.brief(first[1]) + " both found "
                + history.show(history.value(first[0])) + ", the second "
                + history.time(history.returned(first[0]), history.returned(first[1]))
                + " later: one update is lost" + Words.more(lost - 1);
        return new Verdict.Violated("lost update", sentence, first);
    }

    private int[] byReturn(int a, int b) {
        return history.returned(a) <= history.returned(b) ? new int[] {a, b} : new int[] {b, a};
    }

    /** Null if each add found what the one before it left, and each read too. */
    private Verdict chain() {
        long value = history.initial();
        int before = -1;
        for (int add : adds) {
            if (history.value(add) != value) {
                return gap(add, before, value);
            }
            before = add;
            value = left(add);
        }
        int k = 0;
        for (int read : reads) {
            while (k < adds.length && sortable(history.value(adds[k])) < sortable(history.value(read))) {
                k++;
            }
            long expected = k < adds.length ? history.value(adds[k]) : value;
            if (history.value(read) != expected) {
                String sentence = history.describe(read) + " found a value that the counter never had";
                return new Verdict.Violated("torn", sentence, new int[] {read});
            }
        }
        return null;
    }

    private Verdict gap(int add, int before, long value) {
        String found = history.brief(add) + " found " + history.show(history.value(add));
        String left = before < 0
                ? "the counter began with " + history.show(value)
                : history.brief(before) + ", which found " + history.show(history.value(before)) + ", left "
                        + history.show(value);
        String sentence = found + ", but " + left + ", and nobody's add found that";
        return new Verdict.Violated("lost update", sentence, before < 0 ? new int[] {add} : new int[] {before, add});
    }

    /** Goes through the only possible order. */
    private Verdict order() {
        int latest = -1;
        int r = 0;
        for (int k = 0; k <= adds.length; k++) {
            int latestOfReads = latest;
            for (; r < reads.length && (k == adds.length || history.value(reads[r]) == history.value(adds[k])); r++) {
                if (latest >= 0 && history.isBefore(reads[r], latest)) {
                    return outOfOrder(latest, reads[r]);
                }
                latestOfReads = later(latestOfReads, reads[r]);
            }
            latest = latestOfReads;
            if (k < adds.length) {
                if (latest >= 0 && history.isBefore(adds[k], latest)) {
                    return outOfOrder(latest, adds[k]);
                }
                latest = later(latest, adds[k]);
            }
        }
        return new Verdict.Passed("linearizable", Words.count(history.size(), "operation") + " in one order");
    }

    private int later(int a, int b) {
        return a < 0 || history.call(b) > history.call(a) ? b : a;
    }

    /** @param first what the values say came first, though it was called after the other had returned */
    private Verdict outOfOrder(int first, int second) {
        String sentence = history.describe(first) + " began "
                + history.time(history.returned(second), history.call(first)) + " after " + history.describe(second)
                + " had finished, yet found the older value";
        return new Verdict.Violated("stale read", sentence, new int[] {second, first});
    }
}
