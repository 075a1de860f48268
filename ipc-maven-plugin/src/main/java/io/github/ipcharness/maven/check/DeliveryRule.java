package io.github.ipcharness.maven.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What comes out was put before, and comes out once; if everything was drained, all that was acknowledged came out.
 *
 * <p>Sound and complete for these three by themselves. A get that never returned may have taken one value, so that many
 * values are forgiven. Who takes and is killed on purpose may leave values that nobody else was meant to take; then
 * everything was drained if a survivor found nothing after the last put.
 */
final class DeliveryRule {

    private DeliveryRule() {}

    static Verdict duplicate(Transfers transfers) {
        History history = transfers.history;
        if (transfers.doubled.isEmpty()) {
            return new Verdict.Passed("duplicate", Words.count(transfers.gets.length, "value") + " out, each once");
        }
        int[] pair = earliest(history, transfers.doubled);
        String value = history.valueText(pair[0]);
        String sentence = history.by(pair[0]).equals(history.by(pair[1]))
                ? history.by(pair[0]) + " got " + value + " twice, the second time "
                        + distance(history, pair[0], pair[1])
                : value + " came out twice: " + history.by(pair[0]) + " got it, and " + history.by(pair[1])
                        + " got it again " + distance(history, pair[0], pair[1]);
        return new Verdict.Violated("duplicate", sentence + Words.more(transfers.doubled.size() - 1), pair);
    }

    private static int[] earliest(History history, List<int[]> pairs) {
        int[] best = null;
        for (int[] pair : pairs) {
            if (best == null || history.returned(pair[1]) < history.returned(best[1])) {
                best = pair;
            }
        }
        return history.returned(best[0]) <= history.returned(best[1]) ? best : new int[] {best[1], best[0]};
    }

    private static String distance(History history, int a, int b) {
        return history.time(history.returned(a), history.returned(b)) + " later";
    }

    static Verdict invented(Transfers transfers) {
        History history = transfers.history;
        List<Verdict.Violated> found = new ArrayList<>();
        for (int get : transfers.unknown) {
            found.add(neverPut(transfers, get));
        }
        boolean comparable = history.clockDoubt() == null;
        for (int v = 0; comparable && v < transfers.values(); v++) {
            int get = transfers.got[v];
            if (get != Transfers.NONE && history.isBefore(get, transfers.put[v])) {
                String early = history.time(history.returned(get), history.call(transfers.put[v]));
                String sentence = history.by(get) + " got " + history.valueText(get) + " " + early + " before "
                        + transfers.putBy(v) + " began";
                found.add(new Verdict.Violated("invented", sentence, new int[] {transfers.put[v], get}));
            }
        }
        if (found.isEmpty()) {
            return new Verdict.Passed(
                    "invented", Words.count(transfers.gets.length, "value") + " out, each put before");
        }
        Verdict.Violated first = found.get(0);
        return new Verdict.Violated("invented", first.sentence() + Words.more(found.size() - 1), first.witness());
    }

    private static Verdict.Violated neverPut(Transfers transfers, int get) {
        History history = transfers.history;
        String got = history.by(get) + " got " + history.valueText(get);
        for (int full : transfers.fulls) {
            if (history.value(full) == history.value(get)) {
                String sentence = got + ", although " + history.brief(full) + " was refused as full";
                return new Verdict.Violated("invented", sentence, new int[] {full, get});
            }
        }
        String sent = history.kind().equals(History.PIPE) ? "sent" : "put in";
        return new Verdict.Violated("invented", got + ", which nobody ever " + sent, new int[] {get});
    }

    /** Whether nothing may be left. */
    static boolean isDrained(Transfers transfers) {
        History history = transfers.history;
        // Who was killed before its first receive is a taker as well, as far as anybody knows.
        boolean nobody = history.kind().equals(History.PIPE)
                && history.hasKilled()
                && transfers.takingSide().findAny().isEmpty();
        if (!history.drained() || !nobody && transfers.takingSide().noneMatch(history::isByKilled)) {
            return history.drained();
        }
        long last = LongStream.of(transfers.in).max().orElse(Long.MIN_VALUE);
        return IntStream.of(transfers.empties).anyMatch(get -> history.call(get) > last && !history.isByKilled(get));
    }

    static Verdict loss(Transfers transfers) {
        History history = transfers.history;
        int lost = transfers.left.length - transfers.pendingGets.length;
        if (lost <= 0) {
            String forgiven = transfers.left.length == 0
                    ? ""
                    : ", but for " + Words.count(transfers.left.length, "value")
                            + " that unfinished calls may have taken";
            return new Verdict.Passed("loss", "everything acknowledged came out" + forgiven);
        }
        int v = transfers.left[0];
        String others = transfers.pendingGets.length == 0
                ? Words.more(lost - 1)
                : " (" + Words.count(transfers.left.length, "value") + " are missing, and only "
                        + Words.count(transfers.pendingGets.length, "unfinished call") + " may have taken one)";
        String sentence = transfers.putBy(v) + " was acknowledged, everything was drained, and nobody got it" + others;
        int[] witness = new int[Math.min(transfers.left.length, transfers.pendingGets.length + 1)];
        for (int i = 0; i < witness.length; i++) {
            witness[i] = transfers.put[transfers.left[i]];
        }
        return new Verdict.Violated("loss", sentence, Transfers.join(witness, transfers.pendingGets));
    }
}
