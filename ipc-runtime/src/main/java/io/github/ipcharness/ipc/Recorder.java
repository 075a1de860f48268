package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.memory.RegionException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the operations of a transport of the user's own (sockets, Kafka, a file), so that the plugin judges it as it
 * judges ours. One call before the operation gives a {@link Call}; one method of that says how it ended:
 *
 * <pre>{@code
 * Call put = recorder.put(17);      // published as pending: killed here, nobody knows whether 17 was sent
 * socket.send(17);
 * put.ok();
 * }</pre>
 *
 * <p>Call before anything of the operation can be seen by others, and end after it has taken effect: then "a returned
 * before b was called" in the history was so in the world. Values are whole numbers or strings, one kind of them for an
 * object; those of a queue or pipe are distinct. Any number of threads may record at once. Outside a run nothing is
 * recorded.
 *
 * <p>A process killed at any instant leaves what it has recorded; an operation begun and not ended is one of which
 * nobody knows whether it happened, which every check understands. No method waits for another process.
 *
 * <p>A method for another {@link Kind} than the recorder's is an {@link IllegalStateException}; a string or an end
 * that is null, a {@link NullPointerException}. Where the history cannot grow, because the disk is full or the {@link Ipc} is closed,
 * a method is an {@link IpcException}, and nothing has been recorded of it.
 */
public final class Recorder implements AutoCloseable {

    private static final Call NOTHING = new Call(null, 0, null);

    private final String name;
    private final Kind kind;
    private final HistoryWriter writer;
    private final int object;
    private final Map<String, Long> texts = new ConcurrentHashMap<>();

    Recorder(String name, Kind kind, HistoryWriter writer) {
        this.name = name;
        this.kind = Objects.requireNonNull(kind, "kind");
        this.writer = writer;
        this.object = writer == null ? 0 : writer.define(kind.toString(), name);
    }

    /**
     * A value goes into a queue; end with {@link Call#ok()} or {@link Call#full()}.
     *
     * @param value which was never put before
     * @return what has begun
     */
    public Call put(long value) {
        return begin(Kind.QUEUE, Operation.PUT, 0, value, 0);
    }

    /**
     * As {@link #put(long)}.
     *
     * @param value which was never put before
     * @return what has begun
     */
    public Call put(String value) {
        return begin(Kind.QUEUE, Operation.PUT, HistoryWriter.TEXT_VALUES, text(value), 0);
    }

    /**
     * A value is asked of a queue; end with {@link Call#ok(long)} or {@link Call#empty()}.
     *
     * @return what has begun
     */
    public Call get() {
        return begin(Kind.QUEUE, Operation.GET, 0, 0, 0);
    }

    /**
     * A value goes into this end of a pipe; end with {@link Call#ok()}.
     *
     * @param end which sends
     * @param value which was never sent before, from either end
     * @return what has begun
     */
    public Call send(End end, long value) {
        return begin(Kind.PIPE, Operation.SEND, ObjectLog.flags(end), value, 0);
    }

    /**
     * As {@link #send(End, long)}.
     *
     * @param end which sends
     * @param value which was never sent before, from either end
     * @return what has begun
     */
    public Call send(End end, String value) {
        return begin(Kind.PIPE, Operation.SEND, ObjectLog.flags(end) | HistoryWriter.TEXT_VALUES, text(value), 0);
    }

    /**
     * A value is asked of this end of a pipe; end with {@link Call#ok(long)}, empty or closed.
     *
     * @param end which receives
     * @return what has begun
     */
    public Call receive(End end) {
        return begin(Kind.PIPE, Operation.RECEIVE, ObjectLog.flags(end), 0, 0);
    }

    /**
     * This end of a pipe is closed; end with {@link Call#ok()}.
     *
     * @param end which is closed
     * @return what has begun
     */
    public Call close(End end) {
        return begin(Kind.PIPE, Operation.CLOSE, ObjectLog.flags(end), 0, 0);
    }

    /**
     * A value is read; end with {@link Call#ok(long)}.
     *
     * @return what has begun
     */
    public Call read() {
        return begin(Kind.VALUE, Operation.READ, 0, 0, 0);
    }

    /**
     * A value is written; end with {@link Call#ok()}.
     *
     * @param value the new one
     * @return what has begun
     */
    public Call write(long value) {
        return begin(Kind.VALUE, Operation.WRITE, 0, value, 0);
    }

    /**
     * As {@link #write(long)}.
     *
     * @param value the new one
     * @return what has begun
     */
    public Call write(String value) {
        return begin(Kind.VALUE, Operation.WRITE, HistoryWriter.TEXT_VALUES, text(value), 0);
    }

    /**
     * A value is written if it is what is expected; end with {@link Call#ok()} or {@link Call#miss()}.
     *
     * @param expected what it must be
     * @param value the new one
     * @return what has begun
     */
    public Call cas(long expected, long value) {
        return begin(Kind.VALUE, Operation.CAS, 0, value, expected);
    }

    /**
     * As {@link #cas(long, long)}.
     *
     * @param expected what it must be
     * @param value the new one
     * @return what has begun
     */
    public Call cas(String expected, String value) {
        return begin(Kind.VALUE, Operation.CAS, HistoryWriter.TEXT_VALUES, text(value), text(expected));
    }

    /**
     * Something is added to a value; end with {@link Call#ok(long)}, the value before.
     *
     * @param delta what is added
     * @return what has begun
     */
    public Call add(long delta) {
        return begin(Kind.VALUE, Operation.ADD, 0, delta, 0);
    }

    /**
     * A lock is asked for; end with {@link Call#ok()}, {@link Call#empty()} or {@link Call#recovered()}.
     *
     * @return what has begun
     */
    public Call lock() {
        return begin(Kind.LOCK, Operation.LOCK, 0, 0, 0);
    }

    /**
     * A lock is given back; end with {@link Call#ok()}.
     *
     * @return what has begun
     */
    public Call unlock() {
        return begin(Kind.LOCK, Operation.UNLOCK, 0, 0, 0);
    }

    private Call begin(Kind needed, Operation operation, int flags, long value, long expected) {
        if (kind != needed) {
            throw new IllegalStateException(
                    "recorder '" + name + "' is of kind " + kind + ", and has no " + operation + " of a " + needed);
        }
        if (writer == null) {
            return NOTHING;
        }
        try {
            return new Call(writer, writer.begin(operation, object, flags, value, expected, 0, 0), this);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** The number of the string in the history; the same one for the same string. */
    long text(String value) {
        Objects.requireNonNull(value, "null is no value");
        try {
            return writer == null ? 0 : texts.computeIfAbsent(value, writer::text);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * What the history calls the transport.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Which contract the transport keeps.
     *
     * @return its kind
     */
    public Kind kind() {
        return kind;
    }

    /** Ends nothing: what was recorded is kept, and calls that have not been ended stay pending. */
    @Override
    public void close() {
        texts.clear();
    }
}
