package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.PrivateFiles;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Uninterruptibly;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the operations of one process to its history file, from any number of threads, so that a SIGKILL at any
 * instant loses nothing that had been said.
 *
 * <p>Each operation is published when it begins, <em>before</em> anything of it can be seen by others, and again when
 * it has returned. Both stamps are fenced: the call's stamp is stored and the store buffer drained before the operation
 * reads or writes a shared word, and the return's stamp is read after all of them. So the true interval of the
 * operation always lies inside the recorded one, and "a returned before b was called" in the file was so in the world.
 *
 * <p>The file grows by chunks that are written with zeros before they are mapped. When the disk is full, the operation
 * that needed the next chunk fails before it has begun.
 */
public final class HistoryWriter implements Closeable {

    /** What follows a history file's name. */
    public static final String SUFFIX = ".history";

    /** Flag: the operation was on end B of a pipe. */
    public static final int END_B = HistoryLayout.END_B;

    /** Flag: the values are numbers of {@link #text texts}. */
    public static final int TEXT_VALUES = HistoryLayout.TEXT_VALUES;

    /** Flag: the value is a message's identity; what the user calls the message stands in the expected value. */
    public static final int SHOWN = HistoryLayout.SHOWN;

    private static final int CHUNK_BITS = 20;
    private static final int CHUNK_BYTES = 1 << CHUNK_BITS;
    private static final int CHUNK_MASK = CHUNK_BYTES - 1;
    private static final int MOST_MORE_CHUNKS = 7;
    private static final int HEADER_RECORDS = HEADER_BYTES / RECORD_BYTES;

    private static final ThreadLocal<long[]> STAMP = ThreadLocal.withInitial(() -> new long[1]);

    private final Path file;
    private final FileChannel channel;
    private final AtomicLong nextRecord = new AtomicLong(HEADER_RECORDS);
    private volatile ByteBuffer[] chunks = new ByteBuffer[0];

    private HistoryWriter(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a new file in the directory.
     *
     * @param label what people call this process: {@code producer-0}
     * @param participant this process's number in its namespace
     */
    public static HistoryWriter open(Path directory, String label, int participant) {
        String sane = label.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = sane.substring(0, Math.min(MAX_LABEL_BYTES, sane.length())) + "-" + participant + SUFFIX;
        Path file = directory.resolve(name);
        // It has the name of a history when it is one: who is killed before that has recorded nothing.
        Path beside = directory.resolve("." + name + ".new");
        try {
            return Uninterruptibly.call("history", () -> {
                HistoryWriter writer = new HistoryWriter(file, PrivateFiles.create(beside));
                CrashPoint.HISTORY_CREATED.reach();
                try {
                    writer.grow(0);
                    writer.writeHeader(label, participant);
                    Files.move(beside, file);
                } catch (IOException | RuntimeException | Error e) {
                    writer.channel.close();
                    Files.deleteIfExists(beside);
                    throw e;
                }
                return writer;
            });
        } catch (Exception e) {
            throw new RegionException("cannot record to " + file + ": " + e, e);
        }
    }

    private void writeHeader(String label, int participant) throws IOException {
        ByteBuffer header = chunks[0];
        LONGS.set(header, VERSION_OFFSET, pair(VERSION, ORDER_MARK));
        header.putLong(PID_OFFSET, ProcessHandle.current().pid());
        header.putInt(PARTICIPANT_OFFSET, participant);
        header.putLong(START_MILLIS_OFFSET, System.currentTimeMillis());
        header.putLong(START_NANOS_OFFSET, System.nanoTime());
        ClockId clock = ClockId.own();
        byte[] bootId = clock.bootId().getBytes(StandardCharsets.US_ASCII);
        header.put(BOOT_ID_OFFSET, bootId, 0, Math.min(BOOT_ID_BYTES, bootId.length));
        header.putLong(TIME_NAMESPACE_OFFSET, clock.timeNamespace());
        byte[] bytes = label.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(MAX_LABEL_BYTES, bytes.length);
        while (length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            // In the middle of a character.
            length--;
        }
        header.putInt(LABEL_LENGTH_OFFSET, length);
        header.put(LABEL_OFFSET, bytes, 0, length);
        CrashPoint.HISTORY_HEADED.reach();
        LONGS.setRelease(header, 0, MAGIC);
    }

    /**
     * Says that an object exists.
     *
     * @param attributes pairs of key and value, as in a history's header: {@code "capacity", "1024"}
     * @return the object's number in this file
     */
    public int define(String kind, String name, String... attributes) {
        StringBuilder text =
                new StringBuilder("kind=").append(kind).append("\nname=").append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append('\n').append(attributes[i]).append('=').append(attributes[i + 1]);
        }
        return (int) writeText(OBJECT_TEXT, text.toString());
    }

    /** Keeps a string, to be used as a value by its number. */
    public long text(String value) {
        return writeText(VALUE_TEXT, value);
    }

    private long writeText(int what, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        int records = records(bytes.length);
        long first = nextRecord.getAndAdd(records);
        for (int i = 0; i < records; i++) {
            int from = i * TEXT_BYTES;
            ByteBuffer chunk = chunk(first + i);
            chunk.put(offset(first + i) + TEXT_OFFSET, bytes, from, Math.min(TEXT_BYTES, bytes.length - from));
        }
        CrashPoint.HISTORY_TEXT_WRITTEN.reach();
        LONGS.setRelease(chunk(first), offset(first), word(TEXT, what, 0, 0, bytes.length));
        return first;
    }

    /**
     * Says that an operation begins. Call it before the operation can be seen by anyone.
     *
     * @param index the element of an array, or 0
     * @param sum checksum of the bytes that go in, or 0
     * @return the record's number, for {@link #end}
     */
    public long begin(Operation operation, int object, int flags, long value, long expected, int index, int sum) {
        long record = nextRecord.getAndIncrement();
        ByteBuffer chunk = chunk(record);
        int at = offset(record);
        LONGS.set(chunk, at + VALUE_OFFSET, value);
        LONGS.set(chunk, at + EXPECTED_OFFSET, expected);
        LONGS.set(chunk, at + INDEX_OFFSET, pair(index, (int)
                Thread.currentThread().getId()));
        LONGS.set(chunk, at + SUM_IN_OFFSET, pair(sum, 0));
        LONGS.set(chunk, at + CALL_OFFSET, System.nanoTime());
        CrashPoint.HISTORY_FILLED.reach();
        LONGS.setRelease(chunk, at, word(INVOKED, operation.code(), 0, flags, object));
        VarHandle.fullFence();
        CrashPoint.HISTORY_BEGUN.reach();
        return record;
    }

    /** Says that an operation has returned without a value. */
    public void end(long record, Outcome outcome) {
        end(record, outcome, 0, 0, 0);
    }

    /**
     * Says that an operation has returned.
     *
     * @param found the value that it returned, or 0
     * @param flags flags besides those given at the beginning
     * @param sum checksum of the bytes that came out, or 0
     */
    public void end(long record, Outcome outcome, long found, int flags, int sum) {
        VarHandle.fullFence();
        long now = System.nanoTime();
        ByteBuffer chunk = chunk(record);
        int at = offset(record);
        LONGS.set(chunk, at + RETURN_OFFSET, now);
        LONGS.set(chunk, at + FOUND_OFFSET, found);
        if (sum != 0) {
            chunk.putInt(at + SUM_OUT_OFFSET, sum);
        }
        long begun = (long) LONGS.get(chunk, at);
        CrashPoint.HISTORY_ENDING.reach();
        LONGS.setRelease(
                chunk, at, word(RETURNED, operationOf(begun), outcome.code(), flagsOf(begun) | flags, objectOf(begun)));
        CrashPoint.HISTORY_ENDED.reach();
    }

    /** As {@link #end}, for an operation that turns out to be another one: a swap is a compare-and-set that found. */
    public void endAs(long record, Operation operation, Outcome outcome, long found) {
        VarHandle.fullFence();
        long now = System.nanoTime();
        ByteBuffer chunk = chunk(record);
        int at = offset(record);
        LONGS.set(chunk, at + RETURN_OFFSET, now);
        LONGS.set(chunk, at + EXPECTED_OFFSET, found);
        LONGS.set(chunk, at + FOUND_OFFSET, found);
        long begun = (long) LONGS.get(chunk, at);
        CrashPoint.HISTORY_ENDING.reach();
        LONGS.setRelease(chunk, at, word(RETURNED, operation.code(), outcome.code(), flagsOf(begun), objectOf(begun)));
        CrashPoint.HISTORY_ENDED.reach();
    }

    /** An instant before all that follows: the clock is read, and its value stored, before the fence lets go. */
    public static long stamp() {
        long[] stored = STAMP.get();
        stored[0] = System.nanoTime();
        VarHandle.fullFence();
        return stored[0];
    }

    /**
     * Records an operation that only looked and has just returned.
     *
     * @param record the record of an earlier look, whose place this one takes; or 0 for a new one
     * @return the record's number
     */
    public long look(
            long record,
            long call,
            Operation operation,
            int object,
            int flags,
            int index,
            Outcome outcome,
            long found,
            int sum) {
        VarHandle.fullFence();
        long now = System.nanoTime();
        long number = record == 0 ? nextRecord.getAndIncrement() : record;
        ByteBuffer chunk = chunk(number);
        int at = offset(number);
        if (record != 0) {
            // Killed while it is written over, the record is empty, and skipped. Not pending: a pending get may have
            // taken a message, and this one surely has not.
            LONGS.setOpaque(chunk, at, 0L);
            VarHandle.storeStoreFence();
            CrashPoint.HISTORY_LOOK_EMPTIED.reach();
        }
        LONGS.set(chunk, at + CALL_OFFSET, call);
        LONGS.set(chunk, at + RETURN_OFFSET, now);
        LONGS.set(chunk, at + FOUND_OFFSET, found);
        LONGS.set(chunk, at + INDEX_OFFSET, pair(index, (int)
                Thread.currentThread().getId()));
        LONGS.set(chunk, at + SUM_IN_OFFSET, pair(0, sum));
        LONGS.setRelease(chunk, at, word(RETURNED, operation.code(), outcome.code(), flags, object));
        return number;
    }

    /** Gives a get its name after the fact: what the user calls the message that came out. */
    public void show(long record, long shown) {
        LONGS.set(chunk(record), offset(record) + EXPECTED_OFFSET, shown);
    }

    private static long pair(int low, int high) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? (low & 0xFFFF_FFFFL) | (long) high << Integer.SIZE
                : (high & 0xFFFF_FFFFL) | (long) low << Integer.SIZE;
    }

    private static int offset(long record) {
        return (int) (record * RECORD_BYTES) & CHUNK_MASK;
    }

    private ByteBuffer chunk(long record) {
        int index = (int) (record * RECORD_BYTES >>> CHUNK_BITS);
        ByteBuffer[] known = chunks;
        return index < known.length ? known[index] : grown(index);
    }

    private ByteBuffer grown(int index) {
        try {
            return Uninterruptibly.call("history", () -> grow(index));
        } catch (Exception e) {
            throw new RegionException("cannot record any more to " + file + ": " + e, e);
        }
    }

    private synchronized ByteBuffer grow(int index) throws IOException {
        int known = chunks.length;
        if (known <= index) {
            // The longer it is, the more at a time: to grow takes a thread, and all others wait for it.
            int wanted = index + 1 + Math.min(known, MOST_MORE_CHUNKS);
            ByteBuffer[] more = Arrays.copyOf(chunks, wanted);
            for (int i = known; i < wanted; i++) {
                more[i] = chunk(i);
            }
            chunks = more;
        }
        return chunks[index];
    }

    private ByteBuffer chunk(int index) throws IOException {
        long from = (long) index << CHUNK_BITS;
        PrivateFiles.fill(channel, from, from + CHUNK_BYTES);
        CrashPoint.HISTORY_GROWN.reach();
        // Touched here, the kernel maps many pages at once; where records are written, it would be a page fault for
        // each.
        return channel.map(FileChannel.MapMode.READ_WRITE, from, CHUNK_BYTES)
                .load()
                .order(ByteOrder.nativeOrder());
    }

    public Path file() {
        return file;
    }

    /** Stamps the end of the recording. Operations that other threads still make are recorded all the same. */
    @Override
    public void close() {
        ByteBuffer header = chunks[0];
        header.putLong(END_MILLIS_OFFSET, System.currentTimeMillis());
        LONGS.setRelease(header, END_NANOS_OFFSET, System.nanoTime());
        CrashPoint.HISTORY_CLOSED.reach();
        try {
            Uninterruptibly.call("history", () -> {
                channel.close();
                return null;
            });
        } catch (Exception e) {
            throw new RegionException("cannot close " + file + ": " + e, e);
        }
    }
}
