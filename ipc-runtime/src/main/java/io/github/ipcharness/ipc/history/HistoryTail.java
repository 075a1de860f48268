package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Follows a history file while its process writes: how many operations of each sort have returned so far. A look costs
 * what is new since the last one, however long the file.
 *
 * <p>It goes no further than the first record that has not been published yet, and comes back to those whose call has
 * not returned yet. So its numbers may be a little behind, and never ahead; once the process is gone, nothing need be
 * behind but what stands after a record that was never published. Not safe for several threads.
 */
public final class HistoryTail implements Closeable {

    /** A call that had not returned when it was last looked at. */
    private record Open(long record, int operation) {}

    private final Path file;
    private final BlocksTail blocks;
    private final long[] acknowledged = new long[Operation.values().length];
    private final List<Open> open = new ArrayList<>();
    private long next = FIRST_RECORD;
    private long firstCall;
    private boolean begun;

    private HistoryTail(Path file, BlocksTail blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    /** @throws IOException if the file is no history, or not yet */
    public static HistoryTail open(Path file) throws IOException {
        return new HistoryTail(file, BlocksTail.open(file));
    }

    /** What people call the process. */
    public String label() {
        return blocks.header().label();
    }

    public long pid() {
        return blocks.header().pid();
    }

    /** Takes note of what has been published since the last look. */
    public void look() throws IOException {
        for (Iterator<Open> calls = open.iterator(); calls.hasNext(); ) {
            long word = blocks.word(calls.next().record);
            if (isReturned(stateOf(word))) {
                calls.remove();
                count(word);
            }
        }
        for (long word = blocks.word(next); word != 0; word = blocks.word(next)) {
            see(next, word);
            next += stateOf(word) == TEXT ? records(objectOf(word)) : 1;
        }
    }

    private void see(long record, long word) throws IOException {
        int state = stateOf(word);
        if (state == TEXT) {
            return;
        }
        if (state != INVOKED && !isReturned(state)) {
            throw new IOException("damaged history: no record is of state " + state + ": " + file);
        }
        if (!begun) {
            begun = true;
            firstCall = blocks.longAt(record, CALL_OFFSET);
        }
        if (state == INVOKED) {
            open.add(new Open(record, operationOf(word)));
        } else {
            count(word);
        }
    }

    private void count(long word) {
        Operation operation = Operation.ofCode(operationOf(word));
        Outcome outcome = Outcome.ofCode(outcomeOf(word));
        if (operation != null && (outcome == Outcome.OK || outcome == Outcome.RECOVERED)) {
            acknowledged[operation.ordinal()]++;
        }
    }

    /** How many calls of this operation have returned with what they asked for. */
    public long acknowledged(Operation operation) {
        return acknowledged[operation.ordinal()];
    }

    /** How many calls of this operation had begun and not returned. */
    public long open(Operation operation) {
        return open.stream().filter(call -> call.operation == operation.code()).count();
    }

    /** Whether any operation has begun. */
    public boolean hasBegun() {
        return begun;
    }

    /** {@link System#nanoTime()} at which the first operation began, if {@link #hasBegun}. */
    public long firstCall() {
        return firstCall;
    }

    @Override
    public void close() throws IOException {
        blocks.close();
    }
}
