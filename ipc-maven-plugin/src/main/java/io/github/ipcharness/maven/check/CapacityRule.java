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
 * all, {@link Search} decides exactly, as far as its budget goes; beyond it the bounds alone have judged, and
 * there is no verdict {@code linearizable}.
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
    private int kept;
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

    /**
     * Puts that never returned and that nobody got may be inside, too, for good. Between two instants at which a refused
     * put begins or ends, only two counts are kept, the greatest and the last: nobody asks for more.
     */
    private void countPossible() {
        int[] starts = IndexSort.sort(transfers.puts.clone(), history.size(), history::call);
        int[] ends = IndexSort.order(transfers.values(), this::end);
        int ended = ends.length - transfers.left.length;
        long[] cuts = cuts();
        int size = (int) Math.min(starts.length + (long) ended, 2L * cuts.length + 2) + 1;
        instants = new long[size];
        possible = new int[size];
        instants[0] = Long.MIN_VALUE;
        kept = 1;
        int inside = 0;
        int cut = 0;
        int segment = 1;
        for (int s = 0, e = 0; s < starts.length || e < ended; ) {
            boolean start = e == ended || s < starts.length && history.call(starts[s]) <= end(ends[e]);
            long now = start ? history.call(starts[s++]) : end(ends[e++]);
            inside += start ? 1 : -1;
            while (cut < cuts.length && cuts[cut] <= now) {
                cut++;
                segment = kept;
            }
            keep(now, inside, segment);
        }
        instants = Arrays.copyOf(instants, kept);
        possible = Arrays.copyOf(possible, kept);
        tree = maxima(possible);
    }

    /** @param segment where the counts since the last cut begin */
    private void keep(long now, int inside, int segment) {
        if (kept == segment + 2) {
            possible[segment] = Math.max(possible[segment], possible[segment + 1]);
            kept--;
        }
        instants[kept] = now;
        possible[kept++] = inside;
    }

    private long end(int v) {
        return transfers.got[v] == Transfers.NONE ? Long.MAX_VALUE : history.returned(transfers.got[v]);
    }

    /** The instants of which somebody may ask what was before: when refused puts begin, and just after they end. */
    private long[] cuts() {
        long[] cuts = new long[2 * transfers.fulls.length];
        int i = 0;
        for (int put : transfers.fulls) {
            cuts[i++] = history.call(put);
            cuts[i++] = history.returned(put) + 1;
        }
        Arrays.sort(cuts);
        return cuts;
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
        if (!searched || !rule.mattered()) {
            return null;
        }
        QueueModel model = new QueueModel(transfers, capacity, guarantee == Guarantee.LINEARIZABLE);
        Search.Result<QueueModel.Content> result = Search.runOnce(model, Search.budget(history.size()));
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
