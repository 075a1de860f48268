package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The end of a stream is told only after the sending end was closed or died, and after all that was acknowledged before
 * has come out; and once told, it stays: nothing more comes, and no call finds merely nothing.
 *
 * <p>There must be an instant T, within the first call that was told the end and not after the return of any other that
 * was, by which (1) some close of the other end had begun, or a process of it had given its last sign of life, (2) every
 * receive that got something or found nothing had begun, and so had the send of all that was got, and (3) the stream was
 * empty: every message that had surely been sent was received, or swallowed by a receive that never returned. The earliest
 * instant that (1) and (2) allow is taken; each message that is swallowed moves it on. Later instants only demand more.
 *
 * <p>A process may die between two operations and leave no trace of it, so the last sign of life is all that can be known.
 * A call that was told the end when its own end was being closed tells nothing.
 */
final class EndOfStreamRule {

    private static final String NAME = "end of stream";
    private static final int NONE = Transfers.NONE;

    private final Transfers stream;
    private final History history;
    private final boolean fromB;
    private final int[] told;
    private final int[] closes;
    /** What must have begun before the end: receives of something and of nothing, and sends of what was got. */
    private final int[] before;

    private EndOfStreamRule(Transfers stream, boolean fromB) {
        this.stream = stream;
        this.history = stream.history;
        this.fromB = fromB;
        this.told = told(history, fromB);
        this.closes = select(history, i -> history.operation(i) == Operation.CLOSE && history.isEndB(i) == fromB);
        int[] sends = IntStream.range(0, stream.values())
                .filter(v -> stream.got[v] != NONE)
                .map(v -> stream.put[v])
                .toArray();
        this.before = Transfers.join(stream.gets, stream.empties, sends);
    }

    private static int[] select(History history, IntPredicate wanted) {
        return IntStream.range(0, history.size()).filter(wanted).toArray();
    }

    private static int[] told(History history, boolean fromB) {
        long own = IntStream.range(0, history.size())
                .filter(i -> history.operation(i) == Operation.CLOSE && history.isEndB(i) != fromB)
                .mapToLong(history::call)
                .min()
                .orElse(Long.MAX_VALUE);
        return select(
                history,
                i -> history.is(i, Operation.RECEIVE, Outcome.CLOSED)
                        && history.isEndB(i) != fromB
                        && history.returned(i) < own);
    }

    static boolean applies(History history, boolean fromB) {
        return told(history, fromB).length > 0;
    }

    static Verdict check(Transfers stream, boolean fromB) {
        return new EndOfStreamRule(stream, fromB).check();
    }

    private Verdict check() {
        if (told.length == 0) {
            return new Verdict.Passed(NAME, "nobody was told the end");
        }
        int first = least(told, true);
        Verdict early = early(first);
        if (early != null) {
            return early;
        }
        int late = greatest(before);
        if (late != NONE && history.isBefore(first, late)) {
            return after(first, late);
        }
        return left(first);
    }

    private int least(int[] operations, boolean byReturn) {
        int best = NONE;
        for (int i : operations) {
            if (best == NONE
                    || (byReturn
                            ? history.returned(i) < history.returned(best)
                            : history.call(i) < history.call(best))) {
                best = i;
            }
        }
        return best;
    }

    /** The one that was called last. */
    private int greatest(int[] operations) {
        int best = NONE;
        for (int i : operations) {
            best = best == NONE || history.call(i) > history.call(best) ? i : best;
        }
        return best;
    }

    /** The process of the sending end that gave its last sign of life first, or NONE. */
    private int mortal() {
        int mortal = NONE;
        for (int i = 0; i < history.size(); i++) {
            int process = history.process(i);
            if (history.isEndB(i) == fromB
                    && (mortal == NONE || history.lastSeen(process) < history.lastSeen(mortal))) {
                mortal = process;
            }
        }
        return mortal;
    }

    /** When the sending end can have been gone at the earliest. */
    private long gone() {
        int mortal = mortal();
        if (mortal == NONE) {
            return Long.MIN_VALUE;
        }
        int close = least(closes, false);
        return close == NONE ? history.lastSeen(mortal) : Math.min(history.call(close), history.lastSeen(mortal));
    }

    private Verdict early(int first) {
        long gone = gone();
        if (history.returned(first) >= gone) {
            return null;
        }
        String end = fromB ? "end b" : "end a";
        int proof = proofOfGone();
        String event = history.operation(proof) == Operation.CLOSE && history.call(proof) == gone
                ? history.by(proof) + " began to close " + end
                : history.processName(mortal()) + ", at " + end + ", was last alive";
        String sentence = history.brief(first) + " was told the end of the stream "
                + history.time(history.returned(first), gone) + " before " + event;
        return new Verdict.Violated(NAME, sentence, new int[] {first, proof});
    }

    /** What shows that the sending end was not gone before {@link #gone}. */
    private int proofOfGone() {
        int close = least(closes, false);
        int mortal = mortal();
        boolean closed = close != NONE && history.call(close) <= history.lastSeen(mortal);
        return closed || mortal == NONE ? close : lastOf(mortal);
    }

    /** The last that is known of a process of the sending end. */
    private int lastOf(int process) {
        int last = NONE;
        for (int i : select(history, i -> history.process(i) == process && history.isEndB(i) == fromB)) {
            last = last == NONE || sign(i) > sign(last) ? i : last;
        }
        return last;
    }

    private long sign(int i) {
        return history.isPending(i) ? history.call(i) : history.returned(i);
    }

    private Verdict after(int first, int late) {
        String told = history.time(history.returned(first), history.call(late)) + " after " + history.by(first)
                + " had been told the end of the stream";
        if (history.operation(late) == Operation.SEND) {
            int get = transferOf(late)[1];
            String sentence = history.by(get) + " got " + history.valueText(get) + ", but " + history.brief(late)
                    + " began " + told;
            return new Verdict.Violated(NAME, sentence, new int[] {first, late, get});
        }
        String did = history.is(late, Operation.RECEIVE, Outcome.OK)
                ? "got " + history.valueText(late)
                : "found merely nothing";
        return new Verdict.Violated(
                NAME,
                history.by(late) + " " + did + " in a call begun " + told,
                Transfers.join(new int[] {first, late}, transferOf(late)));
    }

    private Verdict left(int first) {
        long instant = Math.max(gone(), history.call(least(told, false)));
        int late = greatest(before);
        instant = late == NONE ? instant : Math.max(instant, history.call(late));
        int[] witness = Transfers.join(new int[] {first, proofOfGone(), late}, transferOf(late));
        for (int v : stream.left) {
            if (stream.in[v] >= instant) {
                break;
            }
            instant = Math.max(instant, stream.out[v]);
            witness = Transfers.join(witness, stream.witness(v));
            if (instant > history.returned(first)) {
                String sentence = history.brief(first) + " was told the end of the stream, but " + stream.putBy(v)
                        + " had been acknowledged "
                        + history.time(stream.in[v], history.returned(first)) + " before and nobody got it";
                return new Verdict.Violated(NAME, sentence, without(NONE, witness));
            }
        }
        return new Verdict.Passed(NAME, Words.count(told.length, "call") + " told the end, rightly");
    }

    /** The send and the receive of what was sent or received by this operation. */
    private int[] transferOf(int i) {
        return IntStream.range(0, stream.values())
                .filter(v -> i != NONE && (stream.put[v] == i || stream.got[v] == i))
                .flatMap(v -> IntStream.of(stream.witness(v)))
                .toArray();
    }

    private static int[] without(int unwanted, int[] operations) {
        return IntStream.of(operations).filter(i -> i != unwanted).toArray();
    }
}
