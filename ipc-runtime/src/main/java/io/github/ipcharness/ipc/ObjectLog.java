package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.Incoming;
import io.github.ipcharness.ipc.memory.RegionException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The history of one object as this process makes it, or nothing at all where the namespace does not record.
 *
 * <p>Somebody who polls looks at the same thing again and again, and a record for each look would fill the disk.
 * So in a row of looks of one thread that saw the same, the first and the last are kept. Of a value they prove all that
 * the row proves: it is stale only if a look that began late saw it, and early only if one that ended early did. Of an
 * empty queue they prove less, but nothing that is not so; a take in between ends the row.
 */
final class ObjectLog {

    /** What {@link #begin} gives where nothing is recorded; to end it does nothing. */
    static final long NO_RECORD = 0;

    private static final int IDENTITY_BITS = 40;

    private final HistoryWriter writer;
    private final int object;
    private final long participant;
    private final AtomicLong sequence;
    private final ThreadLocal<Look> looks = ThreadLocal.withInitial(Look::new);

    private ObjectLog(HistoryWriter writer, int object, int participant, AtomicLong sequence) {
        this.writer = writer;
        this.object = object;
        this.participant = participant;
        this.sequence = sequence;
    }

    /** @param writer null where nothing is recorded */
    static ObjectLog open(
            HistoryWriter writer, int participant, AtomicLong sequence, Kind kind, String name, String... attributes) {
        return writer == null
                ? new ObjectLog(null, 0, participant, sequence)
                : new ObjectLog(writer, writer.define(kind.toString(), name, attributes), participant, sequence);
    }

    static int flags(End end) {
        return Objects.requireNonNull(end, "end") == End.B ? HistoryWriter.END_B : 0;
    }

    boolean isOn() {
        return writer != null;
    }

    /** A new name for a message, unique in the namespace; unidentified where nothing is recorded. */
    long nextIdentity() {
        return writer == null ? Incoming.UNIDENTIFIED : participant << IDENTITY_BITS | sequence.incrementAndGet();
    }

    long begin(Operation operation, int flags, long value, long expected, int index) {
        return begin(operation, flags, value, expected, index, 0);
    }

    private long begin(Operation operation, int flags, long value, long expected, int index, int sum) {
        if (writer == null) {
            return NO_RECORD;
        }
        try {
            return writer.begin(operation, object, flags, value, expected, index, sum);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** Begins to send a message. */
    <T> long beginSend(Operation operation, int flags, Codec<T> codec, T value, long identity, int sum) {
        return codec.isNumber()
                ? begin(operation, flags | HistoryWriter.SHOWN, identity, codec.number(value), 0, sum)
                : begin(operation, flags, identity, 0, 0, sum);
    }

    /** Begins to write a wide value. */
    long beginWrite(long identity, int sum) {
        return begin(Operation.WRITE, 0, identity, 0, 0, sum);
    }

    void end(long record, Outcome outcome) {
        if (record != NO_RECORD) {
            writer.end(record, outcome);
        }
    }

    void end(long record, Outcome outcome, long found) {
        if (record != NO_RECORD) {
            writer.end(record, outcome, found, 0, 0);
        }
    }

    /** As {@link #end}, for a swap whose old value is known only now: it becomes a compare-and-set. */
    void endSwap(long record, long found) {
        if (record != NO_RECORD) {
            writer.endAs(record, Operation.CAS, Outcome.OK, found);
        }
    }

    /** What is said of a message that has come in: before it is decoded, because the user's codec may change the bytes. */
    int checksum(Incoming message) {
        return writer == null ? 0 : message.checksum();
    }

    /** A message has come in that could not be decoded. */
    void endReceive(long record, Incoming message, int sum) {
        if (record != NO_RECORD && message.isAgain()) {
            writer.end(record, Outcome.NO_EFFECT);
        } else if (record != NO_RECORD) {
            writer.end(record, Outcome.OK, message.identity(), 0, sum);
        }
    }

    /** A message has come in. */
    <T> void endReceive(long record, Codec<T> codec, T value, Incoming message, int sum) {
        if (record == NO_RECORD) {
            return;
        }
        if (message.identity() == Incoming.UNIDENTIFIED || message.isAgain()) {
            // Sent before the recording began, so nothing is known of it that could be judged; or taken before by a
            // process that died with it, or gave it back: that taking was recorded, and a second one is no duplicate.
            writer.end(record, Outcome.NO_EFFECT);
            return;
        }
        // What was there is gone: an empty look before this take and one after it are not of one row.
        looks.get().end(writer);
        if (codec.isNumber()) {
            writer.show(record, codec.number(value));
            writer.end(record, Outcome.OK, message.identity(), HistoryWriter.SHOWN, sum);
        } else {
            writer.end(record, Outcome.OK, message.identity(), 0, sum);
        }
    }

    /**
     * The instant at which a look begins, fenced: nothing that follows happens before it. A look changes nothing, so it
     * need not be published before it is made; one that is cut short by a kill never was.
     */
    long beginLook() {
        return writer == null ? 0 : HistoryWriter.stamp();
    }

    /** A look has returned; see the top of this class for what becomes of it. */
    void endLook(long call, Operation operation, int flags, int index, Outcome outcome, long found, int sum) {
        if (writer == null) {
            return;
        }
        Look look = looks.get();
        boolean same = look.isSame(operation, flags, index, outcome, found);
        try {
            if (same) {
                look.last = writer.lookAgain(look.last, call, operation, object, flags, index, outcome, found, sum);
            } else {
                look.end(writer);
                writer.look(call, operation, object, flags, index, outcome, found, sum);
                look.saw(operation, flags, index, outcome, found);
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** What this thread saw last, and the record of the last look of the row, or 0 if there was only one. */
    private static final class Look {
        private Operation operation;
        private int flags;
        private int index;
        private Outcome outcome;
        private long found;
        private long last;

        /** The next look begins a new row. */
        void end(HistoryWriter writer) {
            if (last != NO_RECORD) {
                writer.endLooks(last);
                last = NO_RECORD;
            }
            operation = null;
        }

        boolean isSame(Operation asked, int askedFlags, int element, Outcome how, long what) {
            return operation == asked && flags == askedFlags && index == element && outcome == how && found == what;
        }

        void saw(Operation asked, int askedFlags, int element, Outcome how, long what) {
            operation = asked;
            flags = askedFlags;
            index = element;
            outcome = how;
            found = what;
        }
    }
}
