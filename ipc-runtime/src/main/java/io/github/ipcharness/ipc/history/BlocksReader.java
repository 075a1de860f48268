package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The records of a history file, whoever writes meanwhile. Those that lie in slots are copied, the last one first, and
 * again if a block has moved: so none is there without those that its thread wrote before it, unless more blocks were
 * written at the same time than there are slots. Not safe for several threads.
 */
final class BlocksReader {

    private static final int WINDOW_BITS = 26;
    private static final int WINDOW_MASK = (1 << WINDOW_BITS) - 1;

    private final HistoryHeader header;
    private final NavigableMap<Integer, ByteBuffer> inSlots = new TreeMap<>();
    private final ByteBuffer[] windows;
    private final long bytesInPlaces;

    private ByteBuffer buffer;
    private int at;
    private int slotBlock = -1;
    private ByteBuffer slotBytes;

    private BlocksReader(FileChannel channel, Path file) throws IOException {
        this.header = HistoryHeader.of(channel, file);
        copySlots(channel, file);
        // What has left its slot before is in its place now.
        this.bytesInPlaces = Math.max(0, channel.size() - BLOCKS_FROM);
        this.windows = new ByteBuffer[(int) (bytesInPlaces + WINDOW_MASK >>> WINDOW_BITS)];
        for (int i = 0; i < windows.length; i++) {
            long from = (long) i << WINDOW_BITS;
            windows[i] = HistoryHeader.map(
                    channel, BLOCKS_FROM + from, (int) Math.min(1L << WINDOW_BITS, bytesInPlaces - from));
        }
    }

    /** @throws IOException if the file cannot be read or is not a history of this version, and says why */
    static BlocksReader open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new BlocksReader(channel, file);
        }
    }

    private void copySlots(FileChannel channel, Path file) throws IOException {
        long[] before;
        long[] after = slotWords();
        do {
            before = after;
            inSlots.clear();
            NavigableMap<Integer, Integer> slots = slotsOfBlocks(before, file);
            for (Map.Entry<Integer, Integer> slot : slots.descendingMap().entrySet()) {
                inSlots.put(slot.getKey(), copyOfSlot(channel, slot.getValue()));
            }
            VarHandle.acquireFence();
            after = slotWords();
        } while (!Arrays.equals(before, after));
    }

    private static NavigableMap<Integer, Integer> slotsOfBlocks(long[] words, Path file) throws IOException {
        NavigableMap<Integer, Integer> slots = new TreeMap<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            long block = words[slot] - 1;
            if (block < -1 || block >= Integer.MAX_VALUE || block >= 0 && slots.put((int) block, slot) != null) {
                throw new IOException("damaged history: slot " + slot + " cannot hold block " + block + ": " + file);
            }
        }
        return slots;
    }

    private long[] slotWords() {
        long[] words = new long[SLOTS];
        for (int slot = 0; slot < SLOTS; slot++) {
            words[slot] = header.heldBy(slot);
        }
        return words;
    }

    /** Less than a block where the file is cut. */
    private static ByteBuffer copyOfSlot(FileChannel channel, int slot) throws IOException {
        long there = Math.max(0, Math.min(BLOCK_BYTES, channel.size() - slotFrom(slot)));
        int whole = (int) there / RECORD_BYTES * RECORD_BYTES;
        ByteBuffer copy = ByteBuffer.allocate(whole).order(ByteOrder.nativeOrder());
        if (whole == 0) {
            return copy;
        }
        ByteBuffer bytes = HistoryHeader.map(channel, slotFrom(slot), whole);
        for (int at = whole - RECORD_BYTES; at >= 0; at -= RECORD_BYTES) {
            // The word first: what it says of the rest was there before it.
            LONGS.set(copy, at, (long) LONGS.getAcquire(bytes, at));
            copy.put(at + TEXT_OFFSET, bytes, at + TEXT_OFFSET, TEXT_BYTES);
        }
        return copy;
    }

    HistoryHeader header() {
        return header;
    }

    /** More than this no text can have. */
    long bytes() {
        return bytesInPlaces + (long) inSlots.size() * BLOCK_BYTES;
    }

    /** The first record that is there and whose number is at least this; negative if there is none. */
    long firstFrom(long number) {
        long record = number;
        while (!moveTo(record)) {
            Integer next = inSlots.higherKey(blockOf(record));
            if (next == null) {
                return -1;
            }
            record = (long) next * BLOCK_RECORDS;
        }
        return record;
    }

    /** Goes to a record; false if it is not there, because it was never written, or the file is cut. */
    boolean moveTo(long record) {
        if (record < 0 || record >= (long) Integer.MAX_VALUE * BLOCK_RECORDS) {
            return false;
        }
        int block = blockOf(record);
        if (block != slotBlock) {
            slotBlock = block;
            slotBytes = inSlots.get(block);
        }
        if (slotBytes != null) {
            buffer = slotBytes;
            at = offsetInBlock(record);
            return at < slotBytes.capacity();
        }
        long position = record * RECORD_BYTES;
        if (position + RECORD_BYTES > bytesInPlaces) {
            return false;
        }
        buffer = windows[(int) (position >>> WINDOW_BITS)];
        at = (int) position & WINDOW_MASK;
        return true;
    }

    long word() {
        // A copy on the heap has no access that acquires, from 22 on.
        long word = (long) LONGS.get(buffer, at);
        VarHandle.acquireFence();
        return word;
    }

    long longAt(int offset) {
        return (long) LONGS.get(buffer, at + offset);
    }

    int intAt(int offset) {
        return buffer.getInt(at + offset);
    }

    void bytesAt(int offset, byte[] into, int from, int length) {
        buffer.get(at + offset, into, from, length);
    }
}
