package io.github.ipcharness.maven.check;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A get that found nothing: at some instant of its interval nothing need have been inside.
 *
 * <p>A value was surely inside at every instant strictly between {@link Transfers#in} and {@link Transfers#out}. These
 * open intervals are merged where they overlap; an empty get whose whole closed interval lies inside one merged interval
 * is wrong. Intervals that only touch are not merged: at the common instant the one may have left and the other not come.
 * Together with {@link OrderRule} and {@link DeliveryRule} this is complete for unbounded queues.
 */
final class EmptyRule {

    private final Transfers transfers;
    private final History history;
    /** Values, those first that were in first. */
    private final int[] values;
    /** Until when the merged interval lasts that is looked at, and the first value that is not in it. */
    private long mergedTo = Long.MIN_VALUE;

    private int next;

    private EmptyRule(Transfers transfers) {
        this.transfers = transfers;
        this.history = transfers.history;
        this.values = transfers.byIn();
    }

    /** @param empties operations that found nothing */
    static Verdict check(Transfers transfers, int[] empties, String found) {
        if (empties.length == 0) {
            return new Verdict.Passed("empty", "no call found nothing");
        }
        return new EmptyRule(transfers).judge(empties, found);
    }

    private Verdict judge(int[] empties, String found) {
        int first = Transfers.NONE;
        long wrong = 0;
        for (int get : IndexSort.sort(empties.clone(), history.size(), history::call)) {
            goTo(history.call(get));
            if (mergedTo > history.returned(get)) {
                wrong++;
                first = first == Transfers.NONE || isEarlier(get, first) ? get : first;
            }
        }
        return wrong == 0
                ? new Verdict.Passed("empty", Words.count(empties.length, "call") + " found nothing, each rightly")
                : violated(first, wrong, found);
    }

    private boolean isEarlier(int a, int b) {
        int order = Long.compare(history.returned(a), history.returned(b));
        return order < 0 || order == 0 && a < b;
    }

    /** Goes on to the last merged interval that begins before this instant, and to its end. */
    private void goTo(long instant) {
        while (next < values.length && transfers.in[values[next]] < Math.max(instant, mergedTo)) {
            merge();
        }
    }

    /** A value that surely was inside at no instant has no interval. */
    private void merge() {
        int v = values[next++];
        if (transfers.in[v] < transfers.out[v]) {
            mergedTo = Math.max(mergedTo, transfers.out[v]);
        }
    }

    /** The fewest values of which at every instant of the call one was inside: each time the one that left last. */
    private Verdict violated(int get, long wrong, String found) {
        long[] in = IntStream.of(values).mapToLong(v -> transfers.in[v]).toArray();
        int[] last = new int[values.length];
        for (int i = 0; i < last.length; i++) {
            int v = values[i];
            last[i] = i > 0 && transfers.out[last[i - 1]] >= transfers.out[v] ? last[i - 1] : v;
        }
        int[] chain = new int[0];
        long until = history.call(get);
        do {
            int v = last[OrderRule.countBelow(in, until) - 1];
            chain = Arrays.copyOf(chain, chain.length + 1);
            chain[chain.length - 1] = v;
            until = transfers.out[v];
        } while (until <= history.returned(get));
        int[] witness = {get};
        for (int v : chain) {
            witness = Transfers.join(witness, transfers.witness(v));
        }
        String cause = chain.length == 1 ? single(get, chain[0]) : several(get, chain);
        String sentence = history.brief(get) + " found " + found + " although " + cause + Words.more(wrong - 1);
        return new Verdict.Violated("empty", sentence, witness);
    }

    private String single(int get, int v) {
        String before = transfers.wasIn(v) + " " + history.time(transfers.in[v], history.call(get)) + " before";
        if (transfers.out[v] == Long.MAX_VALUE) {
            return transfers.text(v) + " was in: " + before + ", and nobody ever got it";
        }
        return transfers.text(v) + " was in: " + before + ", and nobody asked for it until "
                + history.time(history.returned(get), transfers.out[v]) + " after";
    }

    private String several(int get, int[] chain) {
        return "at every instant of it one of " + Words.count(chain.length, "value") + " was in, first "
                + transfers.text(chain[0]) + ": " + transfers.wasIn(chain[0]) + " "
                + history.time(transfers.in[chain[0]], history.call(get)) + " before; then "
                + transfers.text(chain[1]) + ": " + transfers.wasIn(chain[1]) + " "
                + history.time(transfers.in[chain[1]], transfers.out[chain[0]]) + " before anyone asked for "
                + transfers.text(chain[0]) + Words.more(chain.length - 2);
    }
}
