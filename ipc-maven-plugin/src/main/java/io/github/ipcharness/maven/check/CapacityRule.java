package io.github.ipcharness.maven.check;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A bounded queue never holds more than its capacity, and refuses only when it is full.
 *
 * <p>By bounds first, which is sound and cheap. <em>Over-full</em>: at some instant more values were surely inside
 * (strictly between {@link Transfers#in} and {@link Transfers#out}) than there is room for. <em>Full though it was
 * not</em>: at every instant of the refused put fewer values can have been inside (between the put's call and the get's
 * return) than there is room for.
 *
 * <p>Bounds miss what only the order of things shows. If the bounds find nothing, and the capacity can have mattered at
 * all, {@link Search} decides exactly, as far as its budget goes; beyond it the bounds alone have judged, and the
 * verdict says so.
 */
final class CapacityRule {

    private static final int MAX_SEARCHED = 100_000;
    private static final int MAX_SEARCHED_CAPACITY = 64;
    private static final int MAX_TOLD = 4;

    private final Transfers transfers;
    private final History history;
    private final long capacity;
    /** How many values can have been inside from this instant on, until the next. */
    private long[] instants;

    private int[] possible;
    private int[] tree;

    private CapacityRule(Transfers transfers, long capacity) {
        this.transfers = transfers;
        this.history = transfers.history;
        this.capacity = capacity;
    }

    /** Over-full by bounds. */
    static Verdict overfull(Transfers transfers, long capacity) {
        return new CapacityRule(transfers, capacity).overfull();
    }

    /** Refused though not full, by bounds. */
    static Verdict full(Transfers transfers, long capacity) {
        return new CapacityRule(transfers, capacity).full();
    }

    private Verdict overfull() {
        int[] byIn = transfers.byIn();
        int[] byOut = IndexSort.order(transfers.values(), v -> transfers.out[v]);
        int inside = 0;
        int most = 0;
        int o = 0;
        for (int v : byIn) {
            if (transfers.in[v] >= transfers.out[v]) {
                continue;
            }
            while (o < byOut.length && transfers.out[byOut[o]] <= transfers.in[v]) {
                inside -= transfers.in[byOut[o]] < transfers.out[byOut[o]] ? 1 : 0;
                o++;
            }
            inside++;
            if (inside > capacity) {
                return overfull(v);
            }
            most = Math.max(most, inside);
        }
        return new Verdict.Passed("capacity", "surely inside at once at most " + most + " of " + capacity);
    }

    private Verdict overfull(int at) {
        int[] inside = IntStream.of(transfers.byIn())
                .filter(v -> transfers.in[v] <= transfers.in[at] && transfers.out[v] > transfers.in[at])
                .limit(capacity + 1)
                .toArray();
        int[] witness = IntStream.of(inside)
                .flatMap(v -> IntStream.of(transfers.witness(v)))
                .toArray();
        long until = IntStream.of(inside).mapToLong(v -> transfers.out[v]).min().orElseThrow();
        String sentence = "when " + transfers.wasIn(at) + ", " + Words.count(inside.length, "value") + " were in ("
                + IntStream.of(inside).limit(MAX_TOLD).mapToObj(transfers::text).collect(Collectors.joining(", "))
                + (inside.length > MAX_TOLD ? ", ..." : "") + ") and none of them was "
                + (until == Long.MAX_VALUE
                        ? "ever asked for"
                        : "asked for until " + history.time(transfers.in[at], until) + " later")
                + ", but the capacity is " + Words.number(capacity);
        return new Verdict.Violated("capacity", sentence, witness);
    }

    private Verdict full() {
        if (transfers.fulls.length == 0) {
            return new Verdict.Passed("full", "no put was refused");
        }
        countPossible();
        int[] wrong = Arrays.stream(transfers.fulls)
                .filter(put -> mostPossible(history.call(put), history.returned(put)) < capacity)
                .toArray();
        if (wrong.length == 0) {
            return new Verdict.Passed("full", Words.count(transfers.fulls.length, "put") + " refused, each rightly");
        }
        int put = wrong[0];
        int most = mostPossible(history.call(put), history.returned(put));
        String sentence = history.brief(put) + " was refused as full after "
                + history.time(history.call(put), history.returned(put)) + ", but at no instant of that can more than "
                + Words.number(most) + " of " + Words.number(capacity) + " places have been taken"
                + Words.more(wrong.length - 1);
        return new Verdict.Violated("full", sentence, new int[] {put});
    }

    /** Puts that never returned and that nobody got may be inside, too, for good. */
    private void countPossible() {
        int size = transfers.puts.length;
        long[] until = new long[history.size()];
        for (int put : transfers.puts) {
            until[put] = Long.MAX_VALUE;
        }
        for (int v = 0; v < transfers.values(); v++) {
            if (transfers.got[v] != Transfers.NONE) {
                until[transfers.put[v]] = history.returned(transfers.got[v]);
            }
        }
        int[] starts = IndexSort.sort(transfers.puts.clone(), history.size(), history::call);
        int[] ends = IndexSort.sort(transfers.puts.clone(), history.size(), put -> until[put]);
        instants = new long[2 * size + 1];
        possible = new int[2 * size + 1];
        instants[0] = Long.MIN_VALUE;
        int s = 0;
        int e = 0;
        for (int i = 1; i < instants.length; i++) {
            boolean start = s < size && history.call(starts[s]) <= until[ends[e]];
            instants[i] = start ? history.call(starts[s++]) : until[ends[e++]];
            possible[i] = possible[i - 1] + (start ? 1 : -1);
        }
        tree = maxima(possible);
    }

    /** A tree of maxima over the array: node i has the children 2i and 2i + 1, the leaves are its last half. */
    private static int[] maxima(int[] values) {
        int[] tree = new int[2 * values.length];
        System.arraycopy(values, 0, tree, values.length, values.length);
        for (int i = values.length - 1; i > 0; i--) {
            tree[i] = Math.max(tree[2 * i], tree[2 * i + 1]);
        }
        return tree;
    }

    private int mostPossible(long from, long to) {
        int size = possible.length;
        int low = Math.max(0, OrderRule.countBelow(instants, from) - 1) + size;
        int high = OrderRule.countBelow(instants, to == Long.MAX_VALUE ? to : to + 1) + size;
        int most = 0;
        for (; low < high; low >>= 1, high >>= 1) {
            if ((low & 1) == 1) {
                most = Math.max(most, tree[low++]);
            }
            if ((high & 1) == 1) {
                most = Math.max(most, tree[--high]);
            }
        }
        return most;
    }

    /** Whether a queue without bound could not have done the same, as far as the bounds can tell. */
    private boolean mattered() {
        countPossible();
        return transfers.fulls.length > 0 || mostPossible(Long.MIN_VALUE, Long.MAX_VALUE) > capacity;
    }

    /**
     * Exactly, by search.
     *
     * @return null if the search cannot say more than the bounds did
     */
    static Verdict exact(Transfers transfers, long capacity, Guarantee guarantee) {
        History history = transfers.history;
        CapacityRule rule = new CapacityRule(transfers, capacity);
        boolean searched = guarantee != Guarantee.PRODUCER_ORDER
                && history.size() <= MAX_SEARCHED
                && capacity <= MAX_SEARCHED_CAPACITY;
        if (!rule.mattered() || !searched) {
            return null;
        }
        QueueModel model = new QueueModel(transfers, capacity, guarantee == Guarantee.LINEARIZABLE);
        Search.Result<QueueModel.Content> result = Search.run(model, Search.budget(history.size()));
        if (result.answer() == Search.Answer.GAVE_UP) {
            return null;
        }
        if (result.answer() == Search.Answer.LINEARIZABLE) {
            return new Verdict.Passed("linearizable", "a queue of capacity " + capacity + " can do the same");
        }
        String fits = "no order of the operations fits a queue of capacity " + capacity;
        int[] open = model.operations(result.open());
        if (result.at() < 0) {
            int[] left =
                    Arrays.stream(transfers.left).map(v -> transfers.put[v]).toArray();
            String sentence = fits + " in which nothing that was acknowledged is left in the end";
            return new Verdict.Violated("linearizable", sentence, Transfers.join(left, open));
        }
        int at = model.operation(result.at());
        String sentence = fits + ": it fails by " + history.describe(at) + (open.length == 0 ? "" : " at the latest");
        return new Verdict.Violated("linearizable", sentence, Transfers.join(new int[] {at}, open));
    }
}
