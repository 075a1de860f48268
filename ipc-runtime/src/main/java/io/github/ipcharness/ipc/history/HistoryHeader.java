package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The header of a history file, mapped to be read: who writes it, and which slot holds which block. */
final class HistoryHeader {

    private final ByteBuffer bytes;

    private HistoryHeader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** @throws IOException if the file cannot be read or is not a history of this version, and says why */
    static HistoryHeader of(FileChannel channel, Path file) throws IOException {
        long size = channel.size();
        if (size < HEADER_BYTES) {
            throw new IOException("a history has at least " + HEADER_BYTES + " bytes, found " + size + ": " + file);
        }
        ByteBuffer bytes = map(channel, 0, HEADER_BYTES);
        expect("magic", MAGIC, (long) LONGS.getAcquire(bytes, 0), file);
        expect("version", VERSION, bytes.getInt(VERSION_OFFSET), file);
        expect("byte order mark", ORDER_MARK, bytes.getInt(ORDER_OFFSET), file);
        return new HistoryHeader(bytes);
    }

    private static void expect(String what, long expected, long found, Path file) throws IOException {
        if (expected != found) {
            throw new IOException("not a history of this library: " + what + " must be 0x" + Long.toHexString(expected)
                    + ", found 0x" + Long.toHexString(found) + ": " + file);
        }
    }

    /** Any part of a history file, to be read. */
    static ByteBuffer map(FileChannel channel, long from, int size) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, size).order(ByteOrder.nativeOrder());
    }

    String label() {
        byte[] label = new byte[Math.min(MAX_LABEL_BYTES, Math.max(0, bytes.getInt(LABEL_LENGTH_OFFSET)))];
        bytes.get(LABEL_OFFSET, label);
        return new String(label, StandardCharsets.UTF_8);
    }

    long pid() {
        return bytes.getLong(PID_OFFSET);
    }

    int participant() {
        return bytes.getInt(PARTICIPANT_OFFSET);
    }

    ClockId clock() {
        byte[] bootId = new byte[BOOT_ID_BYTES];
        bytes.get(BOOT_ID_OFFSET, bootId);
        return new ClockId(new String(bootId, StandardCharsets.US_ASCII).trim(), bytes.getLong(TIME_NAMESPACE_OFFSET));
    }

    long startNanos() {
        return bytes.getLong(START_NANOS_OFFSET);
    }

    long startMillis() {
        return bytes.getLong(START_MILLIS_OFFSET);
    }

    long endNanos() {
        return (long) LONGS.getAcquire(bytes, END_NANOS_OFFSET);
    }

    /** 1 + the number of the block that the slot holds, or 0. */
    long heldBy(int slot) {
        return (long) LONGS.getAcquire(bytes, slotWord(slot));
    }
}
