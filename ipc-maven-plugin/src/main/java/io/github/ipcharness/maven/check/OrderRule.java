package io.github.ipcharness.maven.check;

import java.util.Arrays;

/**
 * First in, first out: no value overtakes another.
 *
 * <p>If a was surely in before b's put began, and b's get had returned before anybody asked for a, then b overtook a.
 * With distinct values, and nothing invented or doubled, a queue's history without empty gets is linearizable if and
 * only if there is no such pair (Bouajjani et al., ICALP 2015; Henzinger et al., CONCUR 2013).
 *
 * <p>Values are sorted by the instant they were in; for each b, the values that were in before b's put began are a prefix,
 * and of a prefix only the one that left last matters. So it costs n log n.
 */
final class OrderRule {

    private final Transfers transfers;
    private final History history;
    private int overtaken = Transfers.NONE;
    private int overtaker = Transfers.NONE;
    private long violations;

    private OrderRule(Transfers transfers) {
        this.transfers = transfers;
        this.history = transfers.history;
    }

    /** Over all values. */
    static Verdict linearizable(Transfers transfers) {
        OrderRule rule = new OrderRule(transfers);
        int[] values = transfers.byIn();
        rule.scan(values, 0, values.length);
        return rule.verdict("in FIFO order");
    }

    /** Over the values of one producer that came to one consumer, for each two of them. */
    static Verdict producerOrder(Transfers transfers) {
        OrderRule rule = new OrderRule(transfers);
        int[] values = Arrays.stream(transfers.byIn())
                .filter(v -> transfers.got[v] != Transfers.NONE)
                .toArray();
        IndexSort.sort(values, transfers.values(), rule::pair);
        for (int from = 0, to = 0; from < values.length; from = to) {
            while (to < values.length && rule.pair(values[to]) == rule.pair(values[from])) {
                to++;
            }
            rule.scan(values, from, to);
        }
        return rule.verdict("in the order of each producer");
    }

    private long pair(int v) {
        return (long) history.process(transfers.put[v]) << Integer.SIZE | history.process(transfers.got[v]);
    }

    /** @param values sorted by the instant they were in, between the two bounds */
    private void scan(int[] values, int from, int to) {
        int[] last = new int[to - from];
        for (int i = 0; i < last.length; i++) {
            int v = values[from + i];
            last[i] = i > 0 && transfers.out[last[i - 1]] >= transfers.out[v] ? last[i - 1] : v;
        }
        for (int i = from; i < to; i++) {
            int b = values[i];
            if (transfers.got[b] == Transfers.NONE) {
                continue;
            }
            int before = inBelow(values, from, i, history.call(transfers.put[b])) - from;
            if (before > 0 && transfers.out[last[before - 1]] > history.returned(transfers.got[b])) {
                report(last[before - 1], b);
            }
        }
    }

    /**
     * Up to which of these values, which are sorted by the instant they were in, that was before the bound. It is not far
     * before {@code high}, which is not: a value's put began not long before it was in. So steps that double find it.
     */
    private int inBelow(int[] values, int from, int high, long bound) {
        int low = from;
        int above = high;
        for (int step = 1; above - low >= step; step *= 2) {
            if (transfers.in[values[above - step]] < bound) {
                low = above - step + 1;
                break;
            }
            above -= step;
        }
        while (low < above) {
            int middle = (low + above) >>> 1;
            if (transfers.in[values[middle]] < bound) {
                low = middle + 1;
            } else {
                above = middle;
            }
        }
        return low;
    }

    /** How many of these sorted numbers are less than the bound. */
    static int countBelow(long[] sorted, long bound) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void report(int a, int b) {
        violations++;
        if (overtaker == Transfers.NONE
                || history.returned(transfers.got[b]) < history.returned(transfers.got[overtaker])) {
            overtaken = a;
            overtaker = b;
        }
    }

    private Verdict verdict(String order) {
        if (violations == 0) {
            return new Verdict.Passed("order", Words.count(history.size(), "operation") + " " + order);
        }
        int a = overtaken;
        int b = overtaker;
        int getOfB = transfers.got[b];
        String ahead = history.time(transfers.in[a], history.call(transfers.put[b]));
        String sentence = transfers.wasIn(a) + " " + ahead + " before " + transfers.putBy(b) + " began, yet "
                + history.by(getOfB) + " got " + transfers.text(b) + overtook(a, getOfB) + Words.more(violations - 1);
        int[] witness = Transfers.join(transfers.witness(a), new int[] {transfers.put[b], getOfB});
        return new Verdict.Violated("order", sentence, witness);
    }

    private String overtook(int a, int getOfB) {
        String value = transfers.text(a);
        if (transfers.got[a] == Transfers.NONE && transfers.taker(a) == Transfers.NONE) {
            return ", and nobody ever got " + value;
        }
        String early = " " + history.time(history.returned(getOfB), transfers.out[a]) + " before anyone ";
        return transfers.got[a] == Transfers.NONE
                ? early + "who may have taken " + value + " asked"
                : early + "asked for " + value;
    }
}
