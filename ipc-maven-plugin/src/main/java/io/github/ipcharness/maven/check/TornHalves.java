package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;

/**
 * Says of a message that came out torn what its two halves are.
 *
 * <p>A checksum has 16 bits of each half of the bytes, so a half that another message had put in is found again. Halves
 * of different messages may be equal by chance; then the one that was put in last before is named.
 */
final class TornHalves {

    private static final int NONE = -1;
    private static final int FIRST = 0xFFFF;
    private static final int SECOND = 0xFFFF_0000;

    private final History history;
    private final int out;

    private TornHalves(History history, int out) {
        this.history = history;
        this.out = out;
    }

    /**
     * @param in what put the message in that came out
     * @param out what it came out of, with another checksum
     */
    static Verdict.Violated violation(History history, int in, int out, String more) {
        TornHalves halves = new TornHalves(history, out);
        int first = halves.find(FIRST);
        int second = halves.find(SECOND);
        if (first == NONE || second == NONE || first == second) {
            String sentence = history.describe(out) + " came out with other bytes than " + history.describe(in)
                    + " had put in: torn or corrupted";
            return new Verdict.Violated("torn", sentence + more, new int[] {in, out});
        }
        String sentence = history.describe(out) + " came out torn: its first half is what " + history.describe(first)
                + " had put in, its second half what " + history.describe(second) + " had";
        return new Verdict.Violated("torn", sentence + more, new int[] {first, second, out});
    }

    private int find(int half) {
        int found = NONE;
        for (int i = 0; i < history.size(); i++) {
            boolean same = goesIn(i) && ((history.sum(i) ^ history.sum(out)) & half) == 0;
            if (same
                    && history.call(i) <= history.returned(out)
                    && (found == NONE || history.call(i) > history.call(found))) {
                found = i;
            }
        }
        return found;
    }

    private boolean goesIn(int i) {
        Operation operation = history.operation(i);
        boolean put = operation == Operation.PUT || operation == Operation.SEND || operation == Operation.WRITE;
        return put && history.sum(i) != 0 && (history.outcome(i) == Outcome.OK || history.isPending(i));
    }
}
