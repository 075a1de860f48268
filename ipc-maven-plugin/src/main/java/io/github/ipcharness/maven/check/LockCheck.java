package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
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
        Verdict cause = stray != NONE ? stray() : null;
        cause = cause != null ? cause : firstWrong();
        if (cause != null) {
            return cause;
        }
        int at = model.operation(result.at());
        int[] open = Arrays.stream(result.open())
                .map(model::operation)
                .filter(i -> i != NONE)
                .toArray();
        int last = lastBefore(at);
        String since = last == NONE
                ? ""
                : ", " + history.time(history.returned(last), history.call(at)) + " after " + history.describe(last)
                        + " had finished";
        String sentence = history.describe(at) + " fits no order of the calls open with it" + since;
        int[] before = last == NONE ? new int[0] : new int[] {last};
        return new Verdict.Violated(EXCLUSION, sentence, Transfers.join(before, new int[] {at}, open));
    }

    /** What changed the holder and had finished last before this operation began, or NONE. */
    private int lastBefore(int at) {
        int last = NONE;
        for (int i : select(i -> history.outcome(i) != Outcome.EMPTY && history.isBefore(i, at))) {
            last = last == NONE || history.returned(i) > history.returned(last) ? i : last;
        }
        return last;
    }

    /** Gives each lock the next unlock of its process: one that is called after the lock has returned. */
    private void pair() {
        Arrays.fill(unlockOf, NONE);
        int[] taken = select(i -> isTaken(history, i));
        int[] unlocks = select(i -> history.operation(i) == Operation.UNLOCK);
        int[] lastLock = new int[history.processes()];
        Arrays.fill(lastLock, NONE);
        int[] both = Transfers.join(taken, unlocks);
        for (int i : IndexSort.sort(
                both, history.size(), i -> isTaken(history, i) ? history.returned(i) : history.call(i))) {
            int process = history.process(i);
            if (isTaken(history, i)) {
                lastLock[process] = i;
            } else if (lastLock[process] != NONE) {
                unlockOf[lastLock[process]] = i;
                lastLock[process] = NONE;
            } else if (stray == NONE && !history.isPending(i)) {
                stray = i;
            }
        }
        IndexSort.sort(taken, history.size(), i -> unlockOf[i] == NONE ? Long.MAX_VALUE : history.call(unlockOf[i]));
        locks = IndexSort.sort(taken, history.size(), history::returned);
    }

    private int[] select(IntPredicate wanted) {
        return IntStream.range(0, history.size()).filter(wanted).toArray();
    }

    /** Null if it may have held the lock after all, by a lock that was open at the same time. */
    private Verdict stray() {
        boolean mayHold = IntStream.range(0, history.size())
                .anyMatch(i -> history.operation(i) == Operation.LOCK
                        && history.outcome(i) != Outcome.EMPTY
                        && history.process(i) == history.process(stray)
                        && history.returned(i) > history.call(stray));
        return mayHold
                ? null
                : new Verdict.Violated(
                        EXCLUSION, history.describe(stray) + ", which did not hold the lock then", new int[] {stray});
    }

    private Verdict firstWrong() {
        return IntStream.range(0, locks.length)
                .mapToObj(this::wrong)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is surely wrong about the k-th lock and the one before, or null. */
    private Verdict wrong(int k) {
        int next = locks[k];
        int before = k == 0 ? NONE : locks[k - 1];
        boolean told = history.outcome(next) == Outcome.RECOVERED;
        if (before != NONE && mayHaveRobbed(before, next)) {
            return null;
        }
        if (before != NONE && unlockOf[before] == NONE) {
            return neverGivenBack(before, next, told);
        }
        if (before != NONE && history.returned(next) < history.call(unlockOf[before])) {
            return both(before, next);
        }
        return told && isNobodyMissing(k) ? nobodyMissing(before, next) : null;
    }

    private Verdict both(int before, int next) {
        int unlock = unlockOf[before];
        String sentence =
                history.by(next) + " got the lock " + history.time(history.returned(next), history.call(unlock))
                        + " before " + history.by(before) + ", who had it for "
                        + history.time(history.returned(before), history.returned(next)) + ", began to give it back";
        int[] witness = {before, next, unlock};
        boolean life = history.outcome(before) == Outcome.RECOVERED && unlockOf[next] != NONE;
        return new Verdict.Violated(
                EXCLUSION, sentence, life ? Transfers.join(witness, new int[] {unlockOf[next]}) : witness);
    }

    /** Whether the one that returned first may have taken over from the other, who died with the lock. */
    private boolean mayHaveRobbed(int first, int other) {
        return history.outcome(first) == Outcome.RECOVERED
                && !history.isBefore(first, other)
                && (unlockOf[other] == NONE || history.isPending(unlockOf[other]));
    }

    private Verdict nobodyMissing(int before, int next) {
        String told = history.by(next) + " was told that the owner of the lock had died, but ";
        if (before == NONE) {
            return new Verdict.Violated(TAKEOVER, told + "nobody had had it before", new int[] {next});
        }
        int unlock = unlockOf[before];
        String sentence = told + history.by(before) + ", who had it last, had begun to give it back "
                + history.time(history.call(unlock), history.returned(next)) + " earlier";
        return new Verdict.Violated(TAKEOVER, sentence, new int[] {before, unlock, next});
    }

    private Verdict neverGivenBack(int before, int next, boolean told) {
        long lastSeen = history.lastSeen(history.process(before));
        String sentence;
        if (lastSeen > history.returned(next)) {
            sentence = history.by(next) + " got the lock while " + history.by(before)
                    + " had it, who never gave it back and was alive "
                    + history.time(history.returned(next), lastSeen) + " later";
            return new Verdict.Violated(
                    EXCLUSION, sentence, Transfers.join(new int[] {before, next}, lifeAfter(before, next)));
        }
        if (told) {
            return null;
        }
        sentence = history.by(next) + " got the lock, which " + history.by(before) + " had got "
                + history.time(history.returned(before), history.returned(next))
                + " earlier and never gave back, and was not told that it was taken over";
        return new Verdict.Violated(TAKEOVER, sentence, new int[] {before, next});
    }

    /** What the process that had the lock still did after the other had got it, if that was with this lock. */
    private int[] lifeAfter(int before, int next) {
        return IntStream.range(0, history.size())
                .filter(i -> history.process(i) == history.process(before))
                .filter(i -> (history.isPending(i) ? history.call(i) : history.returned(i)) > history.returned(next))
                .limit(1)
                .toArray();
    }

    /** Whether each lock begun before the k-th returned was surely given back, and nobody asked who never returned. */
    private boolean isNobodyMissing(int k) {
        boolean allBack = IntStream.of(locks)
                .filter(other -> other != locks[k] && !history.isBefore(locks[k], other))
                .allMatch(other -> unlockOf[other] != NONE && !history.isPending(unlockOf[other]));
        return allBack
                && IntStream.range(0, history.size()).noneMatch(i -> history.is(i, Operation.LOCK, Outcome.PENDING));
    }
}
