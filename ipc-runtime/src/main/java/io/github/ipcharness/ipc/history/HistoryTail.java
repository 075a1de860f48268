package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
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

    private static final int WINDOW_BITS = 20;
    private static final int WINDOW_BYTES = 1 << WINDOW_BITS;

    /** A call that had not returned when it was last looked at. */
    private record Open(ByteBuffer window, int at) {}

    private final Path file;
    private final FileChannel channel;
    private final String label;
    private final long pid;
    private final long[] acknowledged = new long[Operation.values().length];
    private final List<Open> open = new ArrayList<>();
    private long next = HEADER_BYTES;
    private ByteBuffer window;
    private long windowFrom;
    private long firstCall;
    private boolean begun;

    private HistoryTail(Path file, FileChannel channel, HistoryReader header) {
        this.file = file;
        this.channel = channel;
        this.label = header.label();
        this.pid = header.pid();
    }

    /** @throws IOException if the file is no history, or not yet */
    public static HistoryTail open(Path file) throws IOException {
        HistoryReader header = HistoryReader.open(file);
        return new HistoryTail(file, FileChannel.open(file, StandardOpenOption.READ), header);
    }

    /** What people call the process. */
    public String label() {
        return label;
    }

    public long pid() {
        return pid;
    }

    /** Takes note of what has been published since the last look. */
    public void look() throws IOException {
        open.removeIf(this::hasReturned);
        while (isMapped(next)) {
            int at = (int) (next - windowFrom);
            long word = (long) LONGS.getAcquire(window, at);
            int state = stateOf(word);
            if (state == 0) {
                return;
            }
            next += (long) RECORD_BYTES * (state == TEXT ? records(objectOf(word)) : 1);
            if (state == INVOKED || state == RETURNED) {
                see(at, word);
            } else if (state != TEXT) {
                throw new IOException("damaged history: no record is of state " + state + ": " + file);
            }
        }
    }

    private void see(int at, long word) {
        if (!begun) {
            begun = true;
            firstCall = (long) LONGS.get(window, at + CALL_OFFSET);
        }
        if (stateOf(word) == RETURNED) {
            count(word);
        } else {
            open.add(new Open(window, at));
        }
    }

    private boolean hasReturned(Open call) {
        long word = (long) LONGS.getAcquire(call.window, call.at);
        if (stateOf(word) != RETURNED) {
            return false;
        }
        count(word);
        return true;
    }

    private void count(long word) {
        Operation operation = Operation.ofCode(operationOf(word));
        Outcome outcome = Outcome.ofCode(outcomeOf(word));
        if (operation != null && (outcome == Outcome.OK || outcome == Outcome.RECOVERED)) {
            acknowledged[operation.ordinal()]++;
        }
    }

    /** The window may have been mapped when the file ended in it; a record never lies in two. */
    private boolean isMapped(long position) throws IOException {
        long from = position >>> WINDOW_BITS << WINDOW_BITS;
        int needed = (int) (position - from) + RECORD_BYTES;
        if (window != null && windowFrom == from && needed <= window.capacity()) {
            return true;
        }
        long size = channel.size();
        if (from + needed > size) {
            return false;
        }
        windowFrom = from;
        window = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(WINDOW_BYTES, size - from))
                .order(ByteOrder.nativeOrder());
        return true;
    }

    /** How many calls of this operation have returned with what they asked for. */
    public long acknowledged(Operation operation) {
        return acknowledged[operation.ordinal()];
    }

    /** How many calls of this operation had begun and not returned. */
    public long open(Operation operation) {
        return open.stream()
                .filter(call -> operationOf((long) LONGS.getAcquire(call.window, call.at)) == operation.code())
                .count();
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
        channel.close();
    }
}
