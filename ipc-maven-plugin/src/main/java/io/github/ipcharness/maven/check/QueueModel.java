package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;

/** A bounded queue (or, if the order is free, a bounded bag) for {@link Search}. */
final class QueueModel implements Search.Model<QueueModel.Content> {

    /** What is inside, first in first; sorted, if the order is free. */
    static final class Content {
        private final long[] values;
        private final int hash;

        Content(long[] values) {
            this.values = values;
            this.hash = Arrays.hashCode(values);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content that && hash == that.hash && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    private final History history;
    private final long capacity;
    private final boolean fifo;
    private final int[] operations;
    private final long[] gotValues;
    /** What must not be left inside. */
    private final long[] toBeDrained;

    QueueModel(Transfers transfers, long capacity, boolean fifo) {
        this.history = transfers.history;
        this.capacity = capacity;
        this.fifo = fifo;
        this.operations = Transfers.join(
                transfers.puts, transfers.gets, transfers.pendingGets, transfers.empties, transfers.fulls);
        this.gotValues =
                Arrays.stream(transfers.gets).mapToLong(history::value).sorted().toArray();
        this.toBeDrained = Arrays.stream(transfers.puts)
                .filter(put -> history.drained() && !history.isPending(put))
                .mapToLong(history::value)
                .sorted()
                .toArray();
    }

    int operation(int number) {
        return operations[number];
    }

    int[] operations(int[] numbers) {
        return Arrays.stream(numbers).map(this::operation).toArray();
    }

    @Override
    public int size() {
        return operations.length;
    }

    @Override
    public long call(int number) {
        return history.call(operations[number]);
    }

    @Override
    public long returned(int number) {
        return history.returned(operations[number]);
    }

    @Override
    public Content initial() {
        return new Content(new long[0]);
    }

    @Override
    public boolean mayEnd(Content state) {
        return toBeDrained.length == 0
                || Arrays.stream(state.values).noneMatch(value -> Arrays.binarySearch(toBeDrained, value) >= 0);
    }

    @Override
    public int weight(Content state) {
        return 1 + state.values.length / 8;
    }

    @Override
    public boolean isAlike(int a, int b) {
        return history.operation(operations[a]) == Operation.GET && history.operation(operations[b]) == Operation.GET;
    }

    @Override
    public boolean mayOnlyLook(int number) {
        Outcome outcome = history.outcome(operations[number]);
        return outcome == Outcome.EMPTY || outcome == Outcome.FULL;
    }

    @Override
    public Content apply(Content state, int number) {
        int i = operations[number];
        long[] values = state.values;
        return switch (history.operation(i)) {
            case PUT ->
                history.outcome(i) == Outcome.FULL
                        ? values.length == capacity ? state : null
                        : values.length < capacity ? put(values, history.value(i)) : null;
            case GET ->
                switch (history.outcome(i)) {
                    case EMPTY -> values.length == 0 ? state : null;
                    case PENDING -> take(values, anyLeft(values));
                    default -> take(values, position(values, history.value(i)));
                };
            default -> throw new IllegalStateException("no operation of a queue: " + history.describe(i));
        };
    }

    private Content put(long[] values, long value) {
        long[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = value;
        if (!fifo) {
            Arrays.sort(more);
        }
        return new Content(more);
    }

    /** What a get that never returned may have taken: nothing that another get returned. All others are alike. */
    private int anyLeft(long[] values) {
        for (int i = 0; i < (fifo ? Math.min(1, values.length) : values.length); i++) {
            if (Arrays.binarySearch(gotValues, values[i]) < 0) {
                return i;
            }
        }
        return -1;
    }

    private int position(long[] values, long value) {
        if (fifo) {
            return values.length > 0 && values[0] == value ? 0 : -1;
        }
        return Math.max(-1, Arrays.binarySearch(values, value));
    }

    private static Content take(long[] values, int at) {
        if (at < 0) {
            return null;
        }
        long[] fewer = new long[values.length - 1];
        System.arraycopy(values, 0, fewer, 0, at);
        System.arraycopy(values, at + 1, fewer, at, fewer.length - at);
        return new Content(fewer);
    }
}
