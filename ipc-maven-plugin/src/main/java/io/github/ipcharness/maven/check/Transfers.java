package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

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

    // What an operation is here.
    private static final int PUTS = 0;
    private static final int GETS = 1;
    private static final int PENDING_GETS = 2;
    private static final int EMPTIES = 3;
    private static final int FULLS = 4;
    private static final int OTHERS = 5;

    /** By outcome. */
    private static final int[] IN = new int[Outcome.values().length];

    private static final int[] OUT = new int[Outcome.values().length];

    static {
        Arrays.fill(IN, OTHERS);
        Arrays.fill(OUT, OTHERS);
        IN[Outcome.OK.ordinal()] = PUTS;
        IN[Outcome.PENDING.ordinal()] = PUTS;
        IN[Outcome.FULL.ordinal()] = FULLS;
        OUT[Outcome.OK.ordinal()] = GETS;
        OUT[Outcome.PENDING.ordinal()] = PENDING_GETS;
        OUT[Outcome.EMPTY.ordinal()] = EMPTIES;
    }

    final History history;
    private final IntPredicate atTakingSide;
    /** Operations by what became of them. */
    final int[] puts;

    final int[] gets;
    final int[] pendingGets;
    final int[] empties;
    final int[] fulls;

    /** By value: the put; the get or {@link #NONE}; since when and until when it surely was inside. */
    int[] put;

    int[] got;
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
    /** By value; null if there are none. */
    private int[] takers;

    private Transfers(History history, Operation in, Operation out, IntPredicate sender, IntPredicate receiver) {
        this.history = history;
        this.atTakingSide =
                i -> receiver.test(i) && (history.kind().equals(History.PIPE) || history.operation(i) == out);
        int[][] found = select(i -> {
            Operation operation = history.operation(i);
            if (operation == in && sender.test(i)) {
                return IN[history.outcome(i).ordinal()];
            }
            return operation == out && receiver.test(i) ? OUT[history.outcome(i).ordinal()] : OTHERS;
        });
        puts = found[PUTS];
        gets = found[GETS];
        pendingGets = found[PENDING_GETS];
        empties = found[EMPTIES];
        fulls = found[FULLS];
    }

    /** Of those who take: the gets of a queue, and all that the receiving end of a pipe does. */
    IntStream takingSide() {
        return IntStream.range(0, history.size()).filter(atTakingSide);
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

    /** Counts first, so that no array has to grow. */
    private int[][] select(IntUnaryOperator roles) {
        int[] counts = new int[OTHERS + 1];
        for (int i = 0; i < history.size(); i++) {
            counts[roles.applyAsInt(i)]++;
        }
        int[][] found = new int[OTHERS][];
        for (int role = 0; role < OTHERS; role++) {
            found[role] = new int[counts[role]];
        }
        int[] next = new int[OTHERS];
        for (int i = 0; i < history.size(); i++) {
            int role = roles.applyAsInt(i);
            if (role != OTHERS) {
                found[role][next[role]++] = i;
            }
        }
        return found;
    }

    private Transfers match() {
        int[] putsByValue = puts.clone();
        ByValue byValue = new ByValue(history, putsByValue);
        int[] taken = new int[puts.length];
        findRepeated(putsByValue);
        join(byValue, taken);
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

    /** Gives each put the first get of its value. */
    private void join(ByValue putsByValue, int[] taken) {
        Arrays.fill(taken, NONE);
        Map<Long, Integer> before = new HashMap<>();
        for (int get : putsByValue.askable(gets)) {
            long value = history.value(get);
            int p = putsByValue.find(value);
            if (p != NONE && taken[p] == NONE) {
                taken[p] = get;
                continue;
            }
            Integer last = before.put(value, get);
            if (last != null || p != NONE) {
                doubled.add(new int[] {last != null ? last : taken[p], get});
            } else {
                unknown.add(get);
            }
        }
        doubled.sort(Comparator.comparingLong(pair -> history.value(pair[0])));
        unknown.sort(Comparator.comparingLong(history::value));
    }

    /** The two arrays become those of the values: at ten million operations a copy is worth avoiding. */
    private void keepWhatHappened(int[] putsByValue, int[] taken) {
        int size = 0;
        for (int p = 0; p < putsByValue.length; p++) {
            if (taken[p] != NONE || !history.isPending(putsByValue[p])) {
                putsByValue[size] = putsByValue[p];
                taken[size++] = taken[p];
            }
        }
        put = size == putsByValue.length ? putsByValue : Arrays.copyOf(putsByValue, size);
        got = size == taken.length ? taken : Arrays.copyOf(taken, size);
        in = new long[size];
        out = new long[size];
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
        left = IntStream.range(0, put.length).filter(v -> got[v] == NONE).toArray();
        IndexSort.sort(left, put.length, v -> in[v]);
        IndexSort.sort(pendingGets, history.size(), history::call);
        if (left.length > 0 && pendingGets.length > 0) {
            takers = new int[put.length];
            Arrays.fill(takers, NONE);
        }
        for (int m = 0; m < left.length && m < pendingGets.length; m++) {
            int v = left[m];
            takers[v] = pendingGets[m];
            out[v] = Math.max(history.call(pendingGets[m]), history.call(put[v]));
        }
    }

    /** The pending get that may have taken the value, or NONE. */
    int taker(int v) {
        return takers == null ? NONE : takers[v];
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
        int last = got[v] != NONE ? got[v] : taker(v);
        return last == NONE ? new int[] {put[v]} : new int[] {put[v], last};
    }

    static int[] join(int[]... witnesses) {
        return Arrays.stream(witnesses).flatMapToInt(Arrays::stream).distinct().toArray();
    }
}
