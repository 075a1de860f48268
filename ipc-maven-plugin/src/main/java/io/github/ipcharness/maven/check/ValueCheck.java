package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A shared value: chooses the fastest way that decides its history.
 *
 * <p>Reads and writes with distinct values: {@link RegisterCheck}. Positive adds and reads: {@link CounterCheck}.
 * Everything else, and what those two leave open: {@link Search}, which is exact within its budget.
 */
final class ValueCheck {

    private static final int MAX_NAMED = 2;
    private static final int MAX_AROUND = 16;

    private ValueCheck() {}

    static List<Verdict> judge(History history) {
        boolean[] has = new boolean[Operation.values().length];
        for (int i = 0; i < history.size(); i++) {
            has[history.operation(i).ordinal()] = true;
        }
        boolean adds = has[Operation.ADD.ordinal()];
        boolean writes = has[Operation.WRITE.ordinal()];
        boolean swaps = has[Operation.CAS.ordinal()];
        if (adds && (history.hasTexts() || history.type() == ValueType.MESSAGE)) {
            return List.of(new Verdict.Unknown("linearizable", "something was added to values that are no numbers"));
        }
        List<Verdict> fast = null;
        if (!adds && !swaps) {
            fast = new RegisterCheck(history).judge();
        } else if (adds && !writes && !swaps) {
            fast = new CounterCheck(history).judge();
        }
        return fast != null ? fast : List.of(search(history));
    }

    /** Exactly, for any mixture of operations. */
    static Verdict search(History history) {
        ValueModel model = new ValueModel(history);
        Search.Result<Long> result = Search.run(model, Search.budget(history.size()));
        return switch (result.answer()) {
            case LINEARIZABLE ->
                new Verdict.Passed(
                        "linearizable", Words.count(history.size(), "operation") + " in one order, by search");
            case GAVE_UP ->
                new Verdict.Unknown(
                        "linearizable",
                        "too much was open at once to be decided by search, near "
                                + history.describe(model.operation(result.at()))
                                + ": try fewer processes or operations");
            case NOT_LINEARIZABLE -> violated(history, model, result);
        };
    }

    private static Verdict violated(History history, ValueModel model, Search.Result<Long> result) {
        int at = model.operation(result.at());
        int[] open = Arrays.stream(result.open()).map(model::operation).toArray();
        int last = lastBefore(history, at);
        String since = last < 0
                ? ""
                : ", " + history.time(history.returned(last), history.call(at)) + " after " + history.describe(last)
                        + " had finished";
        String sentence = open.length == 0
                ? history.describe(at) + " cannot be" + since
                : "no order of " + history.describe(at) + " and " + names(history, open) + ", open with it, fits"
                        + since;
        int[] before = last < 0 ? new int[0] : new int[] {last};
        return new Verdict.Violated(
                name(history, at),
                sentence + states(history, result.states()),
                Transfers.join(before, around(history, at), new int[] {at}, open));
    }

    private static String names(History history, int[] open) {
        return open.length > MAX_NAMED
                ? Words.count(open.length, "call")
                : IntStream.of(open).mapToObj(history::describe).collect(Collectors.joining(" and "));
    }

    private static String states(History history, Set<Long> states) {
        if (states.isEmpty()) {
            return "";
        }
        String values = states.stream().map(history::show).sorted().collect(Collectors.joining(" or "));
        return ": before it the value can only have been " + values;
    }

    private static String name(History history, int at) {
        return switch (history.operation(at)) {
            case READ -> "stale read";
            case ADD -> "lost update";
            case CAS -> history.outcome(at) == Outcome.OK ? "lost update" : "linearizable";
            default -> "linearizable";
        };
    }

    private static boolean isChange(History history, int i) {
        return history.operation(i) != Operation.READ && history.outcome(i) == Outcome.OK;
    }

    /** The change that had finished last before this operation began, or -1. */
    private static int lastBefore(History history, int at) {
        int last = -1;
        for (int i = 0; i < history.size(); i++) {
            if (isChange(history, i)
                    && history.isBefore(i, at)
                    && (last < 0 || history.returned(i) > history.returned(last))) {
                last = i;
            }
        }
        return last;
    }

    /** Changes that overlap it in time, if they are few. */
    private static int[] around(History history, int at) {
        return IntStream.range(0, history.size())
                .filter(i -> isChange(history, i) && !history.isBefore(i, at) && !history.isBefore(at, i))
                .limit(MAX_AROUND)
                .toArray();
    }
}
