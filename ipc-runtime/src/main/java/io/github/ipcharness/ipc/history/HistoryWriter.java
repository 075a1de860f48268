package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.PrivateFiles;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Uninterruptibly;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * <p>Records are written in memory that is used again and again, block by block; full blocks are written to the file, by
 * the thread that needs the next one ({@link HistoryLayout} says how). When the disk is full, the operation that needed
 * the next block fails before it has begun.
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

    private static final ThreadLocal<long[]> STAMP = ThreadLocal.withInitial(() -> new long[1]);

    private final Path file;
    private final BlocksWriter blocks;
    private final AtomicLong nextRecord = new AtomicLong(FIRST_RECORD);

    private HistoryWriter(Path file, BlocksWriter blocks) {
        this.file = file;
        this.blocks = blocks;
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
                PrivateFiles.create(beside).close();
                CrashPoint.HISTORY_CREATED.reach();
                try {
                    return start(beside, file, label, participant);
                } catch (IOException | RuntimeException | Error e) {
                    Files.deleteIfExists(beside);
                    throw e;
                }
            });
        } catch (Exception e) {
            throw new RegionException("cannot record to " + file + ": " + e, e);
        }
    }

    private static HistoryWriter start(Path beside, Path file, String label, int participant) throws IOException {
        RandomAccessFile opened = new RandomAccessFile(beside.toFile(), "rw");
        try {
            HistoryWriter writer = new HistoryWriter(file, new BlocksWriter(file, opened));
            writer.writeHeader(label, participant);
            Files.move(beside, file);
            return writer;
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private void writeHeader(String label, int participant) throws IOException {
        ByteBuffer header = blocks.header();
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
        for (int i = 1; i < records; i++) {
            writeTextRecord(first + i, CONTINUED, bytes, i * TEXT_BYTES);
        }
        writeTextRecord(first, word(TEXT, what, 0, 0, bytes.length), bytes, 0);
        return first;
    }

    private void writeTextRecord(long record, long word, byte[] bytes, int from) {
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        block.put(at + TEXT_OFFSET, bytes, from, Math.min(TEXT_BYTES, bytes.length - from));
        CrashPoint.HISTORY_TEXT_WRITTEN.reach();
        LONGS.setRelease(block, at, word);
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
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        LONGS.set(block, at + VALUE_OFFSET, value);
        LONGS.set(block, at + EXPECTED_OFFSET, expected);
        LONGS.set(block, at + INDEX_OFFSET, pair(index, (int)
                Thread.currentThread().getId()));
        LONGS.set(block, at + SUM_IN_OFFSET, pair(sum, 0));
        LONGS.set(block, at + CALL_OFFSET, System.nanoTime());
        CrashPoint.HISTORY_FILLED.reach();
        LONGS.setRelease(block, at, word(INVOKED, operation.code(), 0, flags, object));
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
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        LONGS.set(block, at + RETURN_OFFSET, now);
        LONGS.set(block, at + FOUND_OFFSET, found);
        if (sum != 0) {
            block.putInt(at + SUM_OUT_OFFSET, sum);
        }
        long begun = (long) LONGS.get(block, at);
        CrashPoint.HISTORY_ENDING.reach();
        LONGS.setRelease(
                block, at, word(RETURNED, operationOf(begun), outcome.code(), flagsOf(begun) | flags, objectOf(begun)));
        CrashPoint.HISTORY_ENDED.reach();
    }

    /** As {@link #end}, for an operation that turns out to be another one: a swap is a compare-and-set that found. */
    public void endAs(long record, Operation operation, Outcome outcome, long found) {
        VarHandle.fullFence();
        long now = System.nanoTime();
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        LONGS.set(block, at + RETURN_OFFSET, now);
        LONGS.set(block, at + EXPECTED_OFFSET, found);
        LONGS.set(block, at + FOUND_OFFSET, found);
        long begun = (long) LONGS.get(block, at);
        CrashPoint.HISTORY_ENDING.reach();
        LONGS.setRelease(block, at, word(RETURNED, operation.code(), outcome.code(), flagsOf(begun), objectOf(begun)));
        CrashPoint.HISTORY_ENDED.reach();
    }

    /** An instant before all that follows: the clock is read, and its value stored, before the fence lets go. */
    public static long stamp() {
        long[] stored = STAMP.get();
        stored[0] = System.nanoTime();
        VarHandle.fullFence();
        return stored[0];
    }

    /** Records an operation that only looked and has just returned. */
    public void look(
            long call, Operation operation, int object, int flags, int index, Outcome outcome, long found, int sum) {
        VarHandle.fullFence();
        long now = System.nanoTime();
        long word = word(RETURNED, operation.code(), outcome.code(), flags, object);
        writeLook(nextRecord.getAndIncrement(), word, call, now, index, found, sum);
    }

    /**
     * As {@link #look}, for one of which the next may take the place.
     *
     * @param record the record of the one before, whose place this one takes; or 0 for a new one
     * @return the record's number, for the next, and for {@link #endLooks}
     */
    public long lookAgain(
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
        if (record != 0) {
            // Killed while it is written over, the record is empty, and skipped. Not pending: a pending get may have
            // taken a message, and this one surely has not.
            LONGS.setOpaque(blocks.of(record), offsetInBlock(record), 0L);
            VarHandle.storeStoreFence();
            CrashPoint.HISTORY_LOOK_EMPTIED.reach();
        }
        long word = word(LOOKED, operation.code(), outcome.code(), flags, object);
        writeLook(number, word, call, now, index, found, sum);
        return number;
    }

    private void writeLook(long record, long word, long call, long returned, int index, long found, int sum) {
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        LONGS.set(block, at + CALL_OFFSET, call);
        LONGS.set(block, at + RETURN_OFFSET, returned);
        LONGS.set(block, at + FOUND_OFFSET, found);
        LONGS.set(block, at + INDEX_OFFSET, pair(index, (int)
                Thread.currentThread().getId()));
        LONGS.set(block, at + SUM_IN_OFFSET, pair(0, sum));
        LONGS.setRelease(block, at, word);
    }

    /** No look will take the place of this one any more. One for which this is never said keeps its block in memory. */
    public void endLooks(long record) {
        ByteBuffer block = blocks.of(record);
        int at = offsetInBlock(record);
        long looked = (long) LONGS.get(block, at);
        LONGS.setRelease(block, at, looked - LOOKED + RETURNED);
    }

    /** Gives a get its name, before it ends: what the user calls the message that came out. */
    public void show(long record, long shown) {
        LONGS.set(blocks.of(record), offsetInBlock(record) + EXPECTED_OFFSET, shown);
    }

    private static long pair(int low, int high) {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                ? (low & 0xFFFF_FFFFL) | (long) high << Integer.SIZE
                : (high & 0xFFFF_FFFFL) | (long) low << Integer.SIZE;
    }

    public Path file() {
        return file;
    }

    /** Stamps the end of the recording. Operations that other threads still make are recorded all the same. */
    @Override
    public void close() {
        ByteBuffer header = blocks.header();
        header.putLong(END_MILLIS_OFFSET, System.currentTimeMillis());
        LONGS.setRelease(header, END_NANOS_OFFSET, System.nanoTime());
        CrashPoint.HISTORY_CLOSED.reach();
        try {
            blocks.close();
        } catch (IOException e) {
            throw new RegionException("cannot close " + file + ": " + e, e);
        }
    }
}
