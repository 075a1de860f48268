package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Judges histories: all checks of the history's kind, and its figures. Immutable.
 *
 * <p>A violation is certain: no choice of the instants at which the operations took effect explains the history. What
 * cannot be decided is unknown, never passed.
 */
public final class Judge {

    /** The check that the stamps of all processes can be compared; it speaks only if they cannot. */
    public static final String CLOCK = "clock";

    private final QueueCheck queueCheck;

    /** @param guarantee what is demanded of the order of queues */
    public Judge(Guarantee guarantee) {
        this.queueCheck = new QueueCheck(Objects.requireNonNull(guarantee, "guarantee"));
    }

    public ObjectVerdict judge(History history) {
        return new ObjectVerdict(history.name(), history.kind(), verdicts(history), statistics(history));
    }

    private List<Verdict> verdicts(History history) {
        if (history.size() == 0) {
            String why = "nothing was recorded of " + history.kind() + " " + history.name();
            return List.of(new Verdict.Unknown("strength", why));
        }
        List<Verdict> verdicts = new ArrayList<>();
        TornCheck.check(history).ifPresent(verdicts::add);
        boolean clock = history.clockDoubt() == null;
        switch (history.kind()) {
            case History.QUEUE -> verdicts.addAll(queueCheck.judge(history));
            case History.PIPE -> verdicts.addAll(PipeCheck.judge(history));
            case History.VALUE -> verdicts.addAll(clock ? ValueCheck.judge(history) : List.of());
            case History.LOCK -> verdicts.addAll(clock ? LockCheck.judge(history) : List.of());
            default -> throw new IllegalStateException("no check for kind " + history.kind());
        }
        if (!clock) {
            verdicts.add(new Verdict.Unknown(CLOCK, history.clockDoubt()));
        }
        return verdicts;
    }

    private static Statistics statistics(History history) {
        long[][] counts = new long[Operation.values().length][Outcome.values().length];
        long pending = 0;
        long firstCall = Long.MAX_VALUE;
        long lastReturn = Long.MIN_VALUE;
        for (int i = 0; i < history.size(); i++) {
            counts[history.operation(i).ordinal()][history.outcome(i).ordinal()]++;
            firstCall = Math.min(firstCall, history.call(i));
            if (history.isPending(i)) {
                pending++;
            } else {
                lastReturn = Math.max(lastReturn, history.returned(i));
            }
        }
        Map<String, Long> named = new LinkedHashMap<>();
        for (Operation operation : Operation.values()) {
            for (Outcome outcome : Outcome.values()) {
                long count = counts[operation.ordinal()][outcome.ordinal()];
                if (count > 0) {
                    named.put(operation + " " + outcome, count);
                }
            }
        }
        return new Statistics(
                history.size(),
                pending,
                named,
                history.size() == 0 ? 0 : firstCall,
                lastReturn == Long.MIN_VALUE ? 0 : lastReturn,
                missed(history),
                Strength.of(history));
    }

    private static Map<String, Long> missed(History history) {
        Map<String, Long> missed = new LinkedHashMap<>();
        if (!history.kind().equals(History.VALUE)) {
            return missed;
        }
        long[] written = IntStream.range(0, history.size())
                .filter(i -> isChange(history, i))
                .mapToLong(i -> written(history, i))
                .sorted()
                .distinct()
                .toArray();
        int[] reads = IntStream.range(0, history.size())
                .filter(i -> history.is(i, Operation.READ, Outcome.OK))
                .toArray();
        for (int process = 0; process < history.processes(); process++) {
            int reader = process;
            long[] seen = IntStream.of(reads)
                    .filter(i -> history.process(i) == reader)
                    .mapToLong(history::value)
                    .sorted()
                    .distinct()
                    .toArray();
            if (seen.length > 0) {
                missed.put(history.processName(reader), written.length - common(written, seen));
            }
        }
        return missed;
    }

    private static boolean isChange(History history, int i) {
        return switch (history.operation(i)) {
            case WRITE, CAS, ADD -> history.outcome(i) == Outcome.OK;
            default -> false;
        };
    }

    private static long written(History history, int i) {
        return history.operation(i) == Operation.ADD && !history.hasTexts() && history.type() != ValueType.MESSAGE
                ? history.type().plus(history.value(i), history.other(i))
                : history.value(i);
    }

    /** How many numbers two sorted arrays of distinct numbers have in common. */
    private static long common(long[] a, long[] b) {
        long common = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                common++;
            }
            int step = Long.compare(a[i], b[j]);
            i += step <= 0 ? 1 : 0;
            j += step >= 0 ? 1 : 0;
        }
        return common;
    }
}
