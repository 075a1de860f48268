package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one process's history file, record by record, in the order in which the operations began in each thread.
 *
 * <p>The file may be that of a process which was killed, or which still writes. An operation without an end is {@link
 * Outcome#PENDING}; a record that was never published had not begun and is skipped. Not safe for several threads.
 *
 * <pre>{@code
 * HistoryReader reader = HistoryReader.open(file);
 * while (reader.next()) {
 *     if (reader.outcome() == Outcome.OK) ...
 * }
 * }</pre>
 */
public final class HistoryReader {

    private final Path file;
    private final BlocksReader blocks;
    private final Map<Integer, Map<String, String>> objects = new LinkedHashMap<>();
    private long record = FIRST_RECORD - 1;
    /** The object of the last operation, which is known to be defined; at first no number that an object has. */
    private long lastObject = Long.MIN_VALUE;

    private long word;

    private HistoryReader(Path file, BlocksReader blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    /** @throws IOException if the file cannot be read or is not a history of this version, and says why */
    public static HistoryReader open(Path file) throws IOException {
        return new HistoryReader(file, BlocksReader.open(file));
    }

    /** What people call the process. */
    public String label() {
        return blocks.header().label();
    }

    public long pid() {
        return blocks.header().pid();
    }

    /** The process's number in its namespace; the identities of messages that it sent begin with it. */
    public int participant() {
        return blocks.header().participant();
    }

    /** Which clock the stamps are of. */
    public ClockId clock() {
        return blocks.header().clock();
    }

    /** {@link System#nanoTime()} of the process when the recording began. */
    public long startNanos() {
        return blocks.header().startNanos();
    }

    /** {@link System#nanoTime()} of the process when it closed the recording; 0 if it never did. */
    public long endNanos() {
        return blocks.header().endNanos();
    }

    /** Milliseconds since 1970 when the recording began. */
    public long startMillis() {
        return blocks.header().startMillis();
    }

    /** Whether the process closed its recording, rather than being killed. */
    public boolean isClosed() {
        return endNanos() != 0;
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new UncheckedIOException(
                    new IOException("damaged history: record " + record + ": " + otherwise + ": " + file));
        }
    }

    /**
     * Goes on to the next operation; false after the last one that has been published so far.
     *
     * @throws UncheckedIOException if the record can come from no writer
     */
    public boolean next() {
        while (moveOn()) {
            int state = stateOf(word);
            if (state == TEXT && operationOf(word) == OBJECT_TEXT) {
                objects.put((int) record, attributes(textAt(record)));
            } else if (state == INVOKED || isReturned(state)) {
                requireSane();
                return true;
            } else if (state != 0 && state != TEXT && state != CONTINUED) {
                require(false, "no record is of state " + state);
            }
        }
        return false;
    }

    /** Called for each operation, so that it makes no words before something is wrong. */
    private void requireSane() {
        if (Operation.ofCode(operationOf(word)) == null) {
            require(false, "no operation has number " + operationOf(word));
        }
        if (Outcome.ofCode(outcomeOf(word)) == null) {
            require(false, "no outcome has number " + outcomeOf(word));
        }
        if (objectOf(word) != lastObject) {
            require(objects.containsKey(objectOf(word)), "object " + objectOf(word) + " was never defined");
            lastObject = objectOf(word);
        }
    }

    private boolean moveOn() {
        long next = blocks.firstFrom(record + 1);
        if (next < 0) {
            return false;
        }
        record = next;
        word = blocks.word();
        return true;
    }

    private Map<String, String> attributes(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            require(equals > 0, "not an attribute: '" + line + "'");
            attributes.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return attributes;
    }

    private String textAt(long first) {
        require(first >= FIRST_RECORD && blocks.moveTo(first), "there is no text of number " + first);
        int length = objectOf(blocks.word());
        boolean fits = length >= 0 && length <= blocks.bytes();
        byte[] bytes = new byte[fits ? length : 0];
        for (int from = 0; fits && from < length; from += TEXT_BYTES) {
            fits = blocks.moveTo(first + from / TEXT_BYTES);
            if (fits) {
                blocks.bytesAt(TEXT_OFFSET, bytes, from, Math.min(TEXT_BYTES, length - from));
            }
        }
        require(fits, "text " + first + " is longer than the file: " + length + " bytes");
        blocks.moveTo(record);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public Operation operation() {
        return Operation.ofCode(operationOf(word));
    }

    public Outcome outcome() {
        return stateOf(word) == INVOKED ? Outcome.PENDING : Outcome.ofCode(outcomeOf(word));
    }

    /** The object's attributes as its definition gave them: {@code kind}, {@code name}, and more for each kind. */
    public Map<String, String> object() {
        return objects.get(objectNumber());
    }

    /** The attributes of every object whose definition has been passed, whether or not it was used. */
    public List<Map<String, String>> objects() {
        return List.copyOf(objects.values());
    }

    /** The object's number in this file, cheaper to compare than its name. */
    public int objectNumber() {
        return objectOf(word);
    }

    /** Whether a pipe's end B made the call. */
    public boolean isEndB() {
        return (flagsOf(word) & END_B) != 0;
    }

    /** Whether values are numbers of texts: see {@link #text}. */
    public boolean hasTextValues() {
        return (flagsOf(word) & TEXT_VALUES) != 0;
    }

    /** Whether the value is a message's identity, and {@link #expected} is what the user sent. */
    public boolean isShown() {
        return (flagsOf(word) & SHOWN) != 0;
    }

    public long call() {
        return blocks.longAt(CALL_OFFSET);
    }

    /** When it returned; {@link Long#MAX_VALUE} if it is pending. */
    public long returned() {
        return stateOf(word) == INVOKED ? Long.MAX_VALUE : blocks.longAt(RETURN_OFFSET);
    }

    public long value() {
        return blocks.longAt(VALUE_OFFSET);
    }

    public long expected() {
        return blocks.longAt(EXPECTED_OFFSET);
    }

    /** The value that the operation returned. */
    public long found() {
        return blocks.longAt(FOUND_OFFSET);
    }

    public int index() {
        return blocks.intAt(INDEX_OFFSET);
    }

    public int thread() {
        return blocks.intAt(THREAD_OFFSET);
    }

    /** Checksum of the bytes that went in, or 0. */
    public int sumIn() {
        return blocks.intAt(SUM_IN_OFFSET);
    }

    /** Checksum of the bytes that came out, or 0. */
    public int sumOut() {
        return blocks.intAt(SUM_OUT_OFFSET);
    }

    /** The string of this number. */
    public String text(long number) {
        return textAt(number);
    }
}
