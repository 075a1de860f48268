package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The values that went through a queue, or through one direction of a pipe, each with its put and its get.
 *
 * <p>A value counts if its put surely happened: it was acknowledged, or somebody got the value. For each, two instants
 * are known. After {@link #in} the value had surely been put: the put's return, or the get's if that is earlier. Before
 * {@link #out} it had surely not been taken: nobody had yet asked for it. So the value was surely inside at every
 * instant strictly between.
 *
 * <p>Gets that never returned may have taken values that were acknowledged and never got. The earliest of these gets (by
 * call) is given the value that was in first, and so on. No other assignment is better, since what was in first has the
 * strictest deadline, and an assignment that crosses can be uncrossed without making any value leave later than before.
 * (Henzinger, Sezgin, Vafeiadis, CONCUR 2013; Bouajjani, Emmi, Enea, Hamza, ICALP 2015.)
 */
final class Transfers {

    static final int NONE = -1;

    final History history;
    /** Operations by what became of them. */
    final int[] puts;

    final int[] gets;
    final int[] pendingGets;
    final int[] empties;
    final int[] fulls;

    /** By value: the put; the get or {@link #NONE}; the pending get that may have taken it, or NONE. */
    int[] put;

    int[] got;
    int[] taker;
    long[] in;
    long[] out;

    /** Pairs of puts of one value. If there are any, nothing else here is meant to be used. */
    final List<int[]> repeated = new ArrayList<>();
    /** Pairs of gets of one value. */
    final List<int[]> doubled = new ArrayList<>();
    /** Gets of what was never put. */
    final List<Integer> unknown = new ArrayList<>();
    /** Values, by put's return, that were acknowledged and never got; the first of them are given to pending gets. */
    int[] left = {};

    private int[] byIn;

    private Transfers(History history, Operation in, Operation out, IntPredicate sender, IntPredicate receiver) {
        this.history = history;
        puts = select(i -> history.operation(i) == in
                && sender.test(i)
                && (history.outcome(i) == Outcome.OK || history.isPending(i)));
        gets = select(i -> history.is(i, out, Outcome.OK) && receiver.test(i));
        pendingGets = select(i -> history.is(i, out, Outcome.PENDING) && receiver.test(i));
        empties = select(i -> history.is(i, out, Outcome.EMPTY) && receiver.test(i));
        fulls = select(i -> history.is(i, in, Outcome.FULL) && sender.test(i));
    }

    /** Of a queue. */
    static Transfers ofQueue(History history) {
        return new Transfers(history, Operation.PUT, Operation.GET, i -> true, i -> true).match();
    }

    /** Of what one end of a pipe sends to the other. */
    static Transfers ofPipe(History history, boolean fromEndB) {
        return new Transfers(
                        history,
                        Operation.SEND,
                        Operation.RECEIVE,
                        i -> history.isEndB(i) == fromEndB,
                        i -> history.isEndB(i) != fromEndB)
                .match();
    }

    private int[] select(IntPredicate wanted) {
        int[] found = new int[16];
        int count = 0;
        for (int i = 0; i < history.size(); i++) {
            if (wanted.test(i)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private Transfers match() {
        int[] putsByValue = IndexSort.sort(puts.clone(), history.size(), history::value);
        int[] getsByValue = IndexSort.sort(gets.clone(), history.size(), history::value);
        int[] taken = new int[putsByValue.length];
        findRepeated(putsByValue);
        join(putsByValue, getsByValue, taken);
        keepWhatHappened(putsByValue, taken);
        giveToPendingGets();
        return this;
    }

    private void findRepeated(int[] putsByValue) {
        for (int i = 1; i < putsByValue.length; i++) {
            if (history.value(putsByValue[i - 1]) == history.value(putsByValue[i])) {
                repeated.add(new int[] {putsByValue[i - 1], putsByValue[i]});
            }
        }
    }

    private void join(int[] putsByValue, int[] getsByValue, int[] taken) {
        Arrays.fill(taken, NONE);
        int p = 0;
        for (int g = 0; g < getsByValue.length; g++) {
            int get = getsByValue[g];
            long value = history.value(get);
            while (p < putsByValue.length && history.value(putsByValue[p]) < value) {
                p++;
            }
            if (g > 0 && history.value(getsByValue[g - 1]) == value) {
                doubled.add(new int[] {getsByValue[g - 1], get});
            } else if (p < putsByValue.length && history.value(putsByValue[p]) == value) {
                taken[p] = get;
            } else {
                unknown.add(get);
            }
        }
    }

    private void keepWhatHappened(int[] putsByValue, int[] taken) {
        int size = 0;
        put = new int[putsByValue.length];
        got = new int[putsByValue.length];
        for (int p = 0; p < putsByValue.length; p++) {
            if (taken[p] != NONE || !history.isPending(putsByValue[p])) {
                put[size] = putsByValue[p];
                got[size++] = taken[p];
            }
        }
        put = Arrays.copyOf(put, size);
        got = Arrays.copyOf(got, size);
        in = new long[size];
        out = new long[size];
        taker = new int[size];
        Arrays.fill(taker, NONE);
        for (int v = 0; v < size; v++) {
            in[v] = history.returned(put[v]);
            out[v] = Long.MAX_VALUE;
            if (got[v] != NONE) {
                in[v] = Math.min(in[v], history.returned(got[v]));
                out[v] = Math.max(history.call(got[v]), history.call(put[v]));
            }
        }
    }

    private void giveToPendingGets() {
        int count = 0;
        int[] notGot = new int[put.length];
        for (int v = 0; v < put.length; v++) {
            if (got[v] == NONE) {
                notGot[count++] = v;
            }
        }
        left = IndexSort.sort(Arrays.copyOf(notGot, count), put.length, v -> in[v]);
        IndexSort.sort(pendingGets, history.size(), history::call);
        for (int m = 0; m < left.length && m < pendingGets.length; m++) {
            int v = left[m];
            taker[v] = pendingGets[m];
            out[v] = Math.max(history.call(pendingGets[m]), history.call(put[v]));
        }
    }

    int values() {
        return put.length;
    }

    /** All values, those first that were in first. */
    int[] byIn() {
        if (byIn == null) {
            byIn = IndexSort.order(put.length, v -> in[v]);
        }
        return byIn;
    }

    /** The value as people call it. */
    String text(int v) {
        return history.valueText(put[v]);
    }

    String putBy(int v) {
        return history.brief(put[v]);
    }

    /** {@code put(17) by producer-1 had finished}, or that its value was got, if the put itself never returned. */
    String wasIn(int v) {
        return history.returned(put[v]) == in[v]
                ? putBy(v) + " had finished"
                : history.by(got[v]) + " had got " + text(v);
    }

    /** What proves when the value was in and when it was out. */
    int[] witness(int v) {
        int last = got[v] != NONE ? got[v] : taker[v];
        return last == NONE ? new int[] {put[v]} : new int[] {put[v], last};
    }

    static int[] join(int[]... witnesses) {
        return Arrays.stream(witnesses).flatMapToInt(Arrays::stream).distinct().toArray();
    }
}
