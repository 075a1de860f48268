package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A duplex pipe: two streams, judged apart, each a queue with an end.
 *
 * <p>The rules of a queue say that what was received is a prefix of what was sent, in order, that nothing comes before
 * it was sent, and that an unfinished receive swallows at most one message. Besides: nothing comes back to its sender
 * ({@code reflected}), and {@link EndOfStreamRule}. Where both ends send, {@code duplex} says how far the two streams
 * ran at the same time.
 */
final class PipeCheck {

    private PipeCheck() {}

    static List<Verdict> judge(History history) {
        List<Verdict> verdicts = new ArrayList<>();
        Transfers fromA = Transfers.ofPipe(history, false);
        Transfers fromB = Transfers.ofPipe(history, true);
        direction(history, fromA, fromB, false, verdicts);
        direction(history, fromB, fromA, true, verdicts);
        Verdict halfDuplex = history.stalled() ? halfDuplex(fromA, fromB) : null;
        if (halfDuplex != null) {
            verdicts.add(halfDuplex);
        } else if (history.clockDoubt() == null) {
            duplex(fromA, fromB, verdicts);
        }
        return verdicts;
    }

    private static void direction(
            History history, Transfers stream, Transfers back, boolean fromB, List<Verdict> verdicts) {
        if (stream.puts.length + stream.gets.length + stream.pendingGets.length + stream.empties.length == 0
                && !EndOfStreamRule.applies(history, fromB)) {
            return;
        }
        if (!stream.repeated.isEmpty()) {
            verdicts.add(QueueCheck.repeated(stream, "stream"));
            return;
        }
        Verdict reflected = reflected(stream, back);
        verdicts.add(reflected);
        if (reflected instanceof Verdict.Violated) {
            return;
        }
        List<Verdict> own = new ArrayList<>();
        boolean sane = QueueCheck.deliveries(stream, own);
        if (sane && history.clockDoubt() == null) {
            own.add(OrderRule.linearizable(stream));
            own.add(EmptyRule.check(stream, stream.empties, "nothing"));
            own.add(EndOfStreamRule.check(stream, fromB));
        }
        verdicts.addAll(own);
    }

    /** A message that an end received though only that end had sent it. */
    private static Verdict reflected(Transfers stream, Transfers back) {
        History history = stream.history;
        int[] puts = IndexSort.sort(back.puts.clone(), history.size(), history::value);
        long[] values = IntStream.of(puts).mapToLong(history::value).toArray();
        for (int get : stream.unknown) {
            int at = OrderRule.countBelow(values, history.value(get));
            if (at < values.length && values[at] == history.value(get)) {
                String end = history.isEndB(get) ? "b" : "a";
                String sentence = history.brief(get) + " at end " + end + " got " + history.valueText(get)
                        + ", which that same end had sent (" + history.brief(puts[at]) + ")";
                return new Verdict.Violated("reflected", sentence, new int[] {puts[at], get});
            }
        }
        return new Verdict.Passed("reflected", "no message came back to its sender");
    }

    /** Both ends were sending when the time was over, and neither could: a pipe has to carry both streams at once. */
    private static Verdict halfDuplex(Transfers fromA, Transfers fromB) {
        History history = fromA.history;
        int a = lastSend(history, false);
        int b = lastSend(history, true);
        if (a < 0 || b < 0) {
            return null;
        }
        String sentence = "neither end could go on: " + history.describe(a) + " at end a and " + history.describe(b)
                + " at end b both waited, each for the other end to receive, until the time was over (of "
                + Words.count(sent(fromA), "message") + " sent at end a " + Words.number(fromA.gets.length)
                + " had come out, of " + Words.number(sent(fromB)) + " at end b " + Words.number(fromB.gets.length)
                + "): no full duplex";
        return new Verdict.Violated("duplex", sentence, new int[] {a, b});
    }

    /** A send that never returned, if the last operation that this end began is one; else less than 0. */
    private static int lastSend(History history, boolean endB) {
        int last = -1;
        for (int i = 0; i < history.size(); i++) {
            if (history.isEndB(i) == endB && (last < 0 || history.call(i) > history.call(last))) {
                last = i;
            }
        }
        return last >= 0 && history.is(last, Operation.SEND, Outcome.PENDING) ? last : -1;
    }

    private static long sent(Transfers stream) {
        return IntStream.of(stream.puts)
                .filter(i -> !stream.history.isPending(i))
                .count();
    }

    private static void duplex(Transfers fromA, Transfers fromB, List<Verdict> verdicts) {
        if (fromA.gets.length == 0 || fromB.gets.length == 0) {
            return;
        }
        History history = fromA.history;
        long from = Math.max(first(fromA), first(fromB));
        long to = Math.min(last(fromA), last(fromB));
        long both = IntStream.range(0, history.size())
                .filter(i -> history.is(i, Operation.RECEIVE, Outcome.OK))
                .filter(i -> history.returned(i) >= from && history.call(i) <= to)
                .count();
        verdicts.add(new Verdict.Passed(
                "duplex",
                Words.count(fromA.gets.length, "message") + " from end a, "
                        + Words.count(fromB.gets.length, "message") + " from end b, " + both
                        + " of them while both streams ran"));
    }

    private static long first(Transfers stream) {
        return IntStream.of(stream.puts).mapToLong(stream.history::call).min().orElse(Long.MAX_VALUE);
    }

    private static long last(Transfers stream) {
        return IntStream.of(stream.gets)
                .mapToLong(stream.history::returned)
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
