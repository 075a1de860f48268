package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What one end of a pipe receives. An end is gone when it was closed or one of its processes died; when the other end
 * is told so, nothing is left, and nothing comes any more.
 *
 * @param toB whether end b is the one that receives
 */
record PipeSpec(boolean toB) implements Spec<PipeSpec.Stream> {

    record Stream(List<Long> inside, boolean gone, boolean told) {}

    static boolean isWrong(Sample sample) {
        return isWrong(sample, false) || isWrong(sample, true);
    }

    private static boolean isWrong(Sample sample, boolean toB) {
        List<Op> ops = new ArrayList<>();
        for (Op op : sample.ops()) {
            boolean ofReceiver = op.endB() == toB;
            if (ofReceiver ? op.operation() == Operation.RECEIVE && !isClosedByItself(sample, op) : isOfSender(op)) {
                ops.add(op);
            }
        }
        addDeaths(sample, !toB, ops);
        return !Exhaustive.isLinearizable(new PipeSpec(toB), ops);
    }

    private static boolean isOfSender(Op op) {
        return op.operation() != Operation.RECEIVE;
    }

    /** An end that closes is told the end of the stream too, and that tells nothing. */
    private static boolean isClosedByItself(Sample sample, Op receive) {
        return receive.outcome() == Outcome.CLOSED
                && sample.ops().stream()
                        .anyMatch(op -> op.operation() == Operation.CLOSE
                                && op.endB() == receive.endB()
                                && !receive.isBefore(op));
    }

    /** A process may die after its last sign of life; that is like closing its end, and may happen or not. */
    private static void addDeaths(Sample sample, boolean endB, List<Op> ops) {
        long[] processes = sample.ops().stream()
                .filter(op -> op.endB() == endB)
                .mapToLong(Op::process)
                .distinct()
                .toArray();
        for (long process : processes) {
            long seen = sample.ops().stream()
                    .filter(op -> op.process() == process)
                    .mapToLong(op -> op.isPending() ? op.call() : op.returned())
                    .max()
                    .orElseThrow();
            ops.add(death(endB).called(seen));
        }
        if (processes.length == 0) {
            ops.add(death(endB).called(Long.MIN_VALUE));
        }
    }

    private static Op death(boolean endB) {
        return Op.asked(0, Operation.CLOSE, 0, 0).by(0, endB);
    }

    @Override
    public Stream initial() {
        return new Stream(List.of(), false, false);
    }

    @Override
    public List<Stream> after(Stream stream, Op op) {
        return switch (op.operation()) {
            case SEND -> {
                List<Long> more = new ArrayList<>(stream.inside);
                more.add(op.value());
                yield List.of(new Stream(more, stream.gone, stream.told));
            }
            case CLOSE -> List.of(new Stream(stream.inside, true, stream.told));
            default -> afterReceive(stream, op);
        };
    }

    private List<Stream> afterReceive(Stream stream, Op receive) {
        boolean empty = stream.inside.isEmpty();
        if (receive.outcome() == Outcome.CLOSED) {
            return stream.told || stream.gone && empty
                    ? List.of(new Stream(stream.inside, stream.gone, true))
                    : List.of();
        }
        if (stream.told) {
            return List.of();
        }
        if (receive.outcome() == Outcome.EMPTY) {
            return empty ? List.of(stream) : List.of();
        }
        if (empty || !receive.isPending() && receive.value() != stream.inside.get(0)) {
            return List.of();
        }
        List<Long> fewer = stream.inside.subList(1, stream.inside.size());
        return List.of(new Stream(fewer, stream.gone, false));
    }
}
