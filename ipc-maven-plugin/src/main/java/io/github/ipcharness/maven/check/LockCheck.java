package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mutual exclusion: between the return of a lock and the call of its unlock nobody else holds it; a holder that died
 * holds it no longer than it lived, and the next holder is told.
 *
 * <p>{@link Search} decides, with {@link LockModel}: the state is the holder, so this is linear in the length of the
 * history, sound and complete. The holder is the process: its threads exclude each other, too, and one may unlock what
 * another locked. Only the outermost of nested locks of one thread is to be recorded. Why a history is wrong is then
 * told from its critical sections, in the order of time.
 */
final class LockCheck {

    private static final String EXCLUSION = "mutual exclusion";
    private static final String TAKEOVER = "takeover";
    private static final int NONE = -1;

    private final History history;
    /** By section, in the order of their beginning: the lock, and the unlock or NONE. */
    private int[] locks;

    private final int[] unlockOf;
    private int stray = NONE;

    private LockCheck(History history) {
        this.history = history;
        this.unlockOf = new int[history.size()];
    }

    static List<Verdict> judge(History history) {
        LockModel model = new LockModel(history);
        Search.Result<Integer> result = Search.run(model, Search.budget(history.size()));
        return List.of(
                switch (result.answer()) {
                    case LINEARIZABLE -> new Verdict.Passed(EXCLUSION, passed(history));
                    case GAVE_UP ->
                        new Verdict.Unknown(
                                EXCLUSION, "too many calls were open at once to be decided: " + history.name());
                    case NOT_LINEARIZABLE -> new LockCheck(history).explain(model, result);
                });
    }

    private static String passed(History history) {
        long sections = IntStream.range(0, history.size())
                .filter(i -> isTaken(history, i))
                .count();
        return Words.count(sections, "critical section") + ", no two of them at once";
    }

    private static boolean isTaken(History history, int i) {
        return history.operation(i) == Operation.LOCK
                && (history.outcome(i) == Outcome.OK || history.outcome(i) == Outcome.RECOVERED);
    }

    private Verdict explain(LockModel model, Search.Result<Integer> result) {
        pair();
        Verdict cause = stray != NONE ? stray() : firstWrong();
        if (cause != null) {
            return cause;
        }
        int at = model.operation(result.at());
        int[] open = Arrays.stream(result.open())
                .map(model::operation)
                .filter(i -> i != NONE)
                .toArray();
        String sentence = history.describe(at) + " fits no order of the calls open with it";
        return new Verdict.Violated(EXCLUSION, sentence, Transfers.join(new int[] {at}, open));
    }

    /** Gives each lock the next unlock of its process. */
    private void pair() {
        Arrays.fill(unlockOf, NONE);
        int[] lastLock = new int[history.processes()];
        Arrays.fill(lastLock, NONE);
        for (int i : IndexSort.order(history.size(), history::call)) {
            int process = history.process(i);
            if (isTaken(history, i)) {
                lastLock[process] = i;
            } else if (history.operation(i) == Operation.UNLOCK) {
                if (lastLock[process] != NONE) {
                    unlockOf[lastLock[process]] = i;
                    lastLock[process] = NONE;
                } else if (stray == NONE && !history.isPending(i)) {
                    stray = i;
                }
            }
        }
        int[] taken = IntStream.range(0, history.size())
                .filter(i -> isTaken(history, i))
                .toArray();
        IndexSort.sort(taken, history.size(), i -> unlockOf[i] == NONE ? Long.MAX_VALUE : history.call(unlockOf[i]));
        locks = IndexSort.sort(taken, history.size(), history::returned);
    }

    private Verdict stray() {
        boolean mayHold = IntStream.range(0, history.size())
                .anyMatch(i ->
                        history.is(i, Operation.LOCK, Outcome.PENDING) && history.process(i) == history.process(stray));
        return mayHold
                ? null
                : new Verdict.Violated(
                        EXCLUSION, history.describe(stray) + ", which did not hold the lock then", new int[] {stray});
    }

    private Verdict firstWrong() {
        for (int k = 0; k < locks.length; k++) {
            int next = locks[k];
            int before = k == 0 ? NONE : locks[k - 1];
            boolean told = history.outcome(next) == Outcome.RECOVERED;
            Verdict wrong = null;
            if (before != NONE && unlockOf[before] != NONE && history.returned(next) < history.call(unlockOf[before])) {
                wrong = both(before, next);
            } else if (before != NONE && unlockOf[before] == NONE) {
                wrong = neverGivenBack(before, next, told);
            } else if (told && isNobodyMissing(k)) {
                String sentence =
                        history.describe(next) + " was told that the owner had died, but all before had given it back";
                wrong = new Verdict.Violated(TAKEOVER, sentence, new int[] {next});
            }
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private Verdict both(int before, int next) {
        int unlock = unlockOf[before];
        String sentence =
                history.by(next) + " got the lock " + history.time(history.returned(next), history.call(unlock))
                        + " before " + history.by(before) + ", who had it for "
                        + history.time(history.returned(before), history.returned(next)) + ", began to give it back";
        return new Verdict.Violated(EXCLUSION, sentence, new int[] {before, next, unlock});
    }

    private Verdict neverGivenBack(int before, int next, boolean told) {
        long lastSeen = history.lastSeen(history.process(before));
        String sentence;
        if (lastSeen > history.returned(next)) {
            sentence = history.by(next) + " got the lock while " + history.by(before)
                    + " had it, who never gave it back and was alive "
                    + history.time(history.returned(next), lastSeen) + " later";
            return new Verdict.Violated(EXCLUSION, sentence, new int[] {before, next});
        }
        if (told) {
            return null;
        }
        sentence = history.by(next) + " got the lock, which " + history.by(before)
                + " had and never gave back, and was not told that it was taken over";
        return new Verdict.Violated(TAKEOVER, sentence, new int[] {before, next});
    }

    /** Whether each lock before the k-th was surely given back, and none was asked for by who never returned. */
    private boolean isNobodyMissing(int k) {
        boolean allBack = IntStream.range(0, k)
                .allMatch(j -> unlockOf[locks[j]] != NONE && !history.isPending(unlockOf[locks[j]]));
        return allBack
                && IntStream.range(0, history.size()).noneMatch(i -> history.is(i, Operation.LOCK, Outcome.PENDING));
    }
}
