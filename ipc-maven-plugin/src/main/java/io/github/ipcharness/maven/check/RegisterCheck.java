package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A register whose writes all write different values, and none the initial one: sound and complete, n log n (Gibbons and
 * Korach, 1997).
 *
 * <p>In a linearization, the write of a value and all its reads stand together, for no other write can come between. So
 * each value has a <em>zone</em>, from the least return of its operations to their greatest call. If the return comes
 * first, the zone is forward: the register surely had the value throughout it. Otherwise it is backward: there is an
 * instant at which all its operations were open, and they may all take effect there. The history is linearizable if and
 * only if every value read was written, none was read before its write began, no two forward zones overlap, and no
 * backward zone lies strictly inside a forward one. The initial value is a write before all time; writes and reads that
 * never returned are left out, but for writes whose value was read.
 */
final class RegisterCheck {

    private static final int NONE = -1;

    private final History history;
    private final int[] writes;
    private final int[] reads;
    private final List<Verdict> verdicts = new ArrayList<>();

    /** By zone: the operation that returned first, and the one that was called last; NONE for the initial write. */
    private int[] first;

    private int[] last;
    private int[] write;
    private int zones;

    RegisterCheck(History history) {
        this.history = history;
        this.writes = select(i -> history.operation(i) == Operation.WRITE);
        this.reads = select(i -> history.is(i, Operation.READ, Outcome.OK));
    }

    private int[] select(IntPredicate wanted) {
        int[] found = IntStream.range(0, history.size()).filter(wanted).toArray();
        return IndexSort.sort(found, history.size(), history::value);
    }

    /** Null if values were written twice, so that a search must decide. */
    List<Verdict> judge() {
        for (int w = 0; w < writes.length; w++) {
            long value = history.value(writes[w]);
            if (value == history.initial() || w > 0 && history.value(writes[w - 1]) == value) {
                return null;
            }
        }
        Verdict torn = buildZones();
        verdicts.add(torn);
        if (torn instanceof Verdict.Passed) {
            verdicts.add(stale());
        }
        return verdicts;
    }

    private Verdict buildZones() {
        first = new int[writes.length + 1];
        last = new int[writes.length + 1];
        write = new int[writes.length + 1];
        List<Verdict.Violated> torn = new ArrayList<>();
        int r = addInitialZone();
        for (int w : writes) {
            for (; r < reads.length && history.value(reads[r]) < history.value(w); r++) {
                neverWritten(reads[r], torn);
            }
            boolean wasRead = r < reads.length && history.value(reads[r]) == history.value(w);
            if (wasRead || !history.isPending(w)) {
                openZone(w);
                for (; r < reads.length && history.value(reads[r]) == history.value(w); r++) {
                    read(reads[r], w, torn);
                }
            }
        }
        for (; r < reads.length; r++) {
            neverWritten(reads[r], torn);
        }
        if (torn.isEmpty()) {
            return new Verdict.Passed("torn", Words.count(reads.length, "read") + ", each of a value that was written");
        }
        return new Verdict.Violated(
                "torn",
                torn.get(0).sentence() + Words.more(torn.size() - 1),
                torn.get(0).witness());
    }

    /** Takes the reads of the initial value out, so that the others can be joined with the writes. */
    private int addInitialZone() {
        int rest = 0;
        int from = NONE;
        for (int i = 0; i < reads.length; i++) {
            if (history.value(reads[i]) == history.initial()) {
                from = from == NONE || history.call(reads[i]) > history.call(from) ? reads[i] : from;
            } else {
                rest++;
            }
        }
        if (from != NONE) {
            write[0] = NONE;
            first[0] = NONE;
            last[0] = from;
            zones = 1;
            int[] others = new int[rest];
            int n = 0;
            for (int read : reads) {
                if (history.value(read) != history.initial()) {
                    others[n++] = read;
                }
            }
            System.arraycopy(others, 0, reads, reads.length - rest, rest);
        }
        return reads.length - rest;
    }

    private void openZone(int w) {
        write[zones] = w;
        first[zones] = w;
        last[zones] = w;
        zones++;
    }

    private void read(int read, int w, List<Verdict.Violated> torn) {
        int zone = zones - 1;
        if (history.isBefore(read, w)) {
            String sentence = history.describe(read) + " had finished "
                    + history.time(history.returned(read), history.call(w)) + " before " + history.describe(w)
                    + " began";
            torn.add(new Verdict.Violated("torn", sentence, new int[] {read, w}));
        }
        first[zone] = history.returned(read) < history.returned(first[zone]) ? read : first[zone];
        last[zone] = history.call(read) > history.call(last[zone]) ? read : last[zone];
    }

    private void neverWritten(int read, List<Verdict.Violated> torn) {
        if (!torn.isEmpty()) {
            torn.add(torn.get(0)); // Counted, not told.
            return;
        }
        int[] around = writesAround(read);
        String sentence = history.describe(read) + " found a value that nobody ever wrote"
                + (around.length == 0
                        ? ""
                        : IntStream.of(around)
                                .mapToObj(history::describe)
                                .collect(Collectors.joining(" and ", " (around it: ", ")")))
                + ": torn or invented";
        torn.add(new Verdict.Violated("torn", sentence, Transfers.join(around, new int[] {read})));
    }

    /** The last write that had finished before it, and the first two that were open with it: whose parts it may be. */
    private int[] writesAround(int read) {
        int before = NONE;
        List<Integer> open = new ArrayList<>();
        for (int w : writes) {
            if (history.isBefore(w, read)) {
                before = before == NONE || history.returned(w) > history.returned(before) ? w : before;
            } else if (!history.isBefore(read, w)) {
                open.add(w);
            }
        }
        open.sort(Comparator.comparingLong(history::call));
        IntStream first = before == NONE ? IntStream.empty() : IntStream.of(before);
        return IntStream.concat(first, open.stream().limit(2).mapToInt(w -> w)).toArray();
    }

    private long from(int zone) {
        return first[zone] == NONE ? Long.MIN_VALUE : history.returned(first[zone]);
    }

    private long to(int zone) {
        return history.call(last[zone]);
    }

    private Verdict stale() {
        int[] forward = IntStream.range(0, zones).filter(z -> from(z) < to(z)).toArray();
        IndexSort.sort(forward, zones, this::from);
        for (int k = 1; k < forward.length; k++) {
            if (from(forward[k]) < to(forward[k - 1])) {
                return overlap(forward[k - 1], forward[k]);
            }
        }
        long[] starts = IntStream.of(forward).mapToLong(this::from).toArray();
        // The initial value was there before all time, even before the least stamp.
        int ever = forward.length > 0 && first[forward[0]] == NONE ? 1 : 0;
        for (int z = 0; z < zones; z++) {
            if (from(z) >= to(z)) {
                int before = Math.max(ever, OrderRule.countBelow(starts, to(z)));
                if (before > 0 && from(z) < to(forward[before - 1])) {
                    return inside(z, forward[before - 1]);
                }
            }
        }
        return new Verdict.Passed(
                "stale read", Words.count(history.size(), "operation") + " in one order, none of them stale");
    }

    /** Two values were both there before, and both are seen again after: one of them is too old. */
    private Verdict overlap(int x, int y) {
        if (isSimple(x, y)) {
            return staleRead(x, y);
        }
        if (isSimple(y, x)) {
            return staleRead(y, x);
        }
        int[] witness = Transfers.join(operations(x), operations(y));
        String sentence = value(x) + " and " + value(y) + " had both been there when " + history.describe(last[x])
                + " and " + history.describe(last[y]) + " began: one of the two is stale";
        return new Verdict.Violated("stale read", sentence, witness);
    }

    /** Whether x surely was written before y, and yet read after y had surely come. */
    private boolean isSimple(int x, int y) {
        if (first[y] == NONE || !history.isBefore(first[y], last[x])) {
            return false;
        }
        return first[x] == NONE || write[y] != NONE && history.isBefore(first[x], write[y]);
    }

    private Verdict staleRead(int x, int y) {
        int read = last[x];
        int seen = first[y];
        boolean written = history.operation(seen) == Operation.WRITE;
        String sentence = history.describe(read) + " is stale: " + history.describe(seen) + " had finished "
                + history.time(history.returned(seen), history.call(read)) + " before it began"
                + (written ? "" : ", and that is the newer value");
        int[] newer = {seen, write[y]};
        return new Verdict.Violated("stale read", sentence, Transfers.join(operations(x), newer));
    }

    /** All operations of one value lie within the time in which the register surely had another. */
    private Verdict inside(int z, int around) {
        String sentence;
        if (first[around] == NONE) {
            sentence = history.describe(last[around]) + " is stale: " + history.describe(first[z]) + " had finished "
                    + history.time(from(z), to(around)) + " before it began";
        } else {
            sentence = history.describe(last[around]) + " is stale: the value was " + value(around) + " already before "
                    + history.describe(last[z]) + " began, and " + history.describe(first[z]) + " had finished "
                    + history.time(from(z), to(around)) + " before that read began";
        }
        return new Verdict.Violated("stale read", sentence, Transfers.join(operations(z), operations(around)));
    }

    private String value(int zone) {
        return history.valueText(last[zone]);
    }

    private int[] operations(int zone) {
        int[] all = {first[zone], last[zone], write[zone]};
        return IntStream.of(all).filter(i -> i != NONE).toArray();
    }
}
