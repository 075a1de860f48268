package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Outcome;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What came out has the bytes that went in.
 *
 * <p>Only recordings of our own transports carry checksums of both. A message is compared with the one of the same
 * identity. Sound, since a checksum is a function of the bytes; a collision of checksums is missed.
 */
final class TornCheck {

    private TornCheck() {}

    /** Empty if there are no checksums to compare. */
    static Optional<Verdict> check(History history) {
        if (!history.hasSums()) {
            return Optional.empty();
        }
        IntPredicate wentIn = i -> goesIn(history, i) && history.sum(i) != 0;
        ByValue ins = new ByValue(
                history, IntStream.range(0, history.size()).filter(wentIn).toArray());
        long compared = 0;
        long torn = 0;
        int[] first = null;
        for (int i = 0; i < history.size(); i++) {
            int position = comesOut(history, i) && history.sum(i) != 0 ? ins.find(history.value(i)) : -1;
            if (position >= 0) {
                int in = ins.at(position);
                compared++;
                if (history.sum(in) != history.sum(i)) {
                    torn++;
                    first = first == null ? new int[] {in, i} : first;
                }
            }
        }
        if (first == null) {
            return Optional.of(new Verdict.Passed("torn", Words.count(compared, "message") + " out whole"));
        }
        return Optional.of(TornHalves.violation(history, first[0], first[1], Words.more(torn - 1)));
    }

    private static boolean goesIn(History history, int i) {
        return switch (history.operation(i)) {
            case PUT, SEND, WRITE -> true;
            default -> false;
        };
    }

    private static boolean comesOut(History history, int i) {
        return switch (history.operation(i)) {
            case GET, RECEIVE, READ -> history.outcome(i) == Outcome.OK;
            default -> false;
        };
    }
}
