package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    private final ByteBuffer[] chunks;
    private final long records;
    private final Map<Integer, Map<String, String>> objects = new LinkedHashMap<>();
    private long record = HEADER_BYTES / RECORD_BYTES - 1;
    /** The object of the last operation, which is known to be defined; at first no number that an object has. */
    private long lastObject = Long.MIN_VALUE;

    private ByteBuffer chunk;
    private int at;
    private long word;

    private static final int CHUNK_BITS = 26;
    private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

    private HistoryReader(Path file, ByteBuffer[] chunks, long records) {
        this.file = file;
        this.chunks = chunks;
        this.records = records;
    }

    /** @throws IOException if the file cannot be read or is not a history of this version, and says why */
    public static HistoryReader open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < HEADER_BYTES) {
                throw new IOException("a history has at least " + HEADER_BYTES + " bytes, found " + size + ": " + file);
            }
            ByteBuffer[] chunks = new ByteBuffer[(int) ((size + CHUNK_MASK) >>> CHUNK_BITS)];
            for (int i = 0; i < chunks.length; i++) {
                long from = (long) i << CHUNK_BITS;
                chunks[i] = channel.map(FileChannel.MapMode.READ_ONLY, from, Math.min(1L << CHUNK_BITS, size - from))
                        .order(ByteOrder.nativeOrder());
            }
            HistoryReader reader = new HistoryReader(file, chunks, size / RECORD_BYTES);
            reader.checkHeader();
            return reader;
        }
    }

    private void checkHeader() throws IOException {
        ByteBuffer header = chunks[0];
        expect("magic", MAGIC, (long) LONGS.getAcquire(header, 0));
        expect("version", VERSION, header.getInt(VERSION_OFFSET));
        expect("byte order mark", ORDER_MARK, header.getInt(ORDER_OFFSET));
    }

    private void expect(String what, long expected, long found) throws IOException {
        if (expected != found) {
            throw new IOException("not a history of this library: " + what + " must be 0x" + Long.toHexString(expected)
                    + ", found 0x" + Long.toHexString(found) + ": " + file);
        }
    }

    /** What people call the process. */
    public String label() {
        byte[] bytes = new byte[Math.min(MAX_LABEL_BYTES, Math.max(0, chunks[0].getInt(LABEL_LENGTH_OFFSET)))];
        chunks[0].get(LABEL_OFFSET, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public long pid() {
        return chunks[0].getLong(PID_OFFSET);
    }

    /** The process's number in its namespace; the identities of messages that it sent begin with it. */
    public int participant() {
        return chunks[0].getInt(PARTICIPANT_OFFSET);
    }

    /** Which clock the stamps are of. */
    public ClockId clock() {
        byte[] bytes = new byte[BOOT_ID_BYTES];
        chunks[0].get(BOOT_ID_OFFSET, bytes);
        String bootId = new String(bytes, StandardCharsets.US_ASCII).trim();
        return new ClockId(bootId, chunks[0].getLong(TIME_NAMESPACE_OFFSET));
    }

    /** {@link System#nanoTime()} of the process when the recording began. */
    public long startNanos() {
        return chunks[0].getLong(START_NANOS_OFFSET);
    }

    /** {@link System#nanoTime()} of the process when it closed the recording; 0 if it never did. */
    public long endNanos() {
        return (long) LONGS.getAcquire(chunks[0], END_NANOS_OFFSET);
    }

    /** Milliseconds since 1970 when the recording began. */
    public long startMillis() {
        return chunks[0].getLong(START_MILLIS_OFFSET);
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
        while (record + 1 < records) {
            move(record + 1);
            int state = stateOf(word);
            if (state == TEXT && operationOf(word) == OBJECT_TEXT) {
                objects.put((int) record, attributes(textAt(record)));
            } else if (state == INVOKED || state == RETURNED) {
                requireSane();
                return true;
            } else if (state != 0 && state != TEXT) {
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

    private void move(long to) {
        record = to;
        long position = to * RECORD_BYTES;
        chunk = chunks[(int) (position >>> CHUNK_BITS)];
        at = (int) position & CHUNK_MASK;
        word = (long) LONGS.getAcquire(chunk, at);
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
        require(first >= HEADER_BYTES / RECORD_BYTES && first < records, "there is no text of number " + first);
        long position = first * RECORD_BYTES;
        ByteBuffer at = chunks[(int) (position >>> CHUNK_BITS)];
        int length = objectOf((long) LONGS.getAcquire(at, (int) position & CHUNK_MASK));
        require(
                length >= 0 && length <= (records - first) * TEXT_BYTES,
                "text " + first + " is longer than the file: " + length + " bytes");
        byte[] bytes = new byte[length];
        for (int i = 0; i * TEXT_BYTES < length; i++) {
            position = (first + i) * RECORD_BYTES;
            int from = i * TEXT_BYTES;
            chunks[(int) (position >>> CHUNK_BITS)].get(
                    ((int) position & CHUNK_MASK) + TEXT_OFFSET, bytes, from, Math.min(TEXT_BYTES, length - from));
        }
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
        return (long) LONGS.get(chunk, at + CALL_OFFSET);
    }

    /** When it returned; {@link Long#MAX_VALUE} if it is pending. */
    public long returned() {
        return stateOf(word) == INVOKED ? Long.MAX_VALUE : (long) LONGS.get(chunk, at + RETURN_OFFSET);
    }

    public long value() {
        return (long) LONGS.get(chunk, at + VALUE_OFFSET);
    }

    public long expected() {
        return (long) LONGS.get(chunk, at + EXPECTED_OFFSET);
    }

    /** The value that the operation returned. */
    public long found() {
        return (long) LONGS.get(chunk, at + FOUND_OFFSET);
    }

    public int index() {
        return chunk.getInt(at + INDEX_OFFSET);
    }

    public int thread() {
        return chunk.getInt(at + THREAD_OFFSET);
    }

    /** Checksum of the bytes that went in, or 0. */
    public int sumIn() {
        return chunk.getInt(at + SUM_IN_OFFSET);
    }

    /** Checksum of the bytes that came out, or 0. */
    public int sumOut() {
        return chunk.getInt(at + SUM_OUT_OFFSET);
    }

    /** The string of this number. */
    public String text(long number) {
        return textAt(number);
    }
}
