package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A small history made up by a test. */
record Sample(String kind, OptionalLong capacity, boolean drained, long initial, List<Op> ops) {

    /** A queue without bound, a pipe, a value that begins with 0, or a lock. */
    static Sample of(String kind, List<Op> ops) {
        return new Sample(kind, OptionalLong.empty(), false, 0, ops);
    }

    Sample with(List<Op> newOps) {
        return new Sample(kind, capacity, drained, initial, newOps);
    }

    Sample bounded(long newCapacity) {
        return new Sample(kind, OptionalLong.of(newCapacity), drained, initial, ops);
    }

    Sample toBeDrained() {
        return new Sample(kind, capacity, true, initial, ops);
    }

    Sample without(int i) {
        List<Op> fewer = new ArrayList<>(ops);
        fewer.remove(i);
        return with(fewer);
    }

    /** Only these operations of it. */
    Sample only(int[] indexes) {
        List<Op> some = new ArrayList<>();
        for (int i : indexes) {
            some.add(ops.get(i));
        }
        return with(some);
    }

    History history() {
        HistoryBuilder builder = new HistoryBuilder("sample", "sample", kind);
        builder.header.capacity = capacity;
        builder.header.drained = drained;
        builder.initial(initial);
        for (Op op : ops) {
            int process = builder.process("p" + op.process());
            // The header stands in line 1.
            builder.add(op.operation(), op.outcome(), process, op.call(), op.returned(), builder.size() + 2);
            builder.flags(op.endB() ? History.END_B : 0);
            if (goesIn(op) || op.outcome() == Outcome.OK) {
                builder.value(op.value());
            }
            if (op.operation() == Operation.CAS || op.operation() == Operation.ADD) {
                builder.other(op.other());
            }
        }
        return builder.build();
    }

    private static boolean goesIn(Op op) {
        return switch (op.operation()) {
            case PUT, SEND, WRITE, CAS -> true;
            default -> false;
        };
    }

    ObjectVerdict judged(Guarantee guarantee) {
        return new Judge(guarantee).judge(history());
    }

    /** As anybody could hand it in. */
    String json() {
        return json(history());
    }

    static String json(History history) {
        try {
            Path file = Files.createTempFile("sample", ".jsonl");
            try {
                JsonHistories.write(List.of(history), file);
                return Files.readString(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
