package io.github.ipcharness.ipc.history;

import static io.github.ipcharness.ipc.history.HistoryLayout.*;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The records of a history file as they are now, while its process writes. Not safe for several threads. */
final class BlocksTail implements Closeable {

    private static final int WINDOW_BITS = 20;
    private static final int WINDOW_BYTES = 1 << WINDOW_BITS;

    private final FileChannel channel;
    private final HistoryHeader header;
    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
    private int lastSlot;
    private ByteBuffer window;
    private long windowFrom;

    private BlocksTail(FileChannel channel, HistoryHeader header) {
        this.channel = channel;
        this.header = header;
    }

    static BlocksTail open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new BlocksTail(channel, HistoryHeader.of(channel, file));
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    HistoryHeader header() {
        return header;
    }

    /** The record's word; 0 if it has not been published. */
    long word(long record) throws IOException {
        return longAt(record, 0);
    }

    /** Eight bytes of the record; 0 if it is not there yet. */
    long longAt(long record, int offset) throws IOException {
        int block = blockOf(record);
        int at = offsetInBlock(record) + offset;
        int slot = slotOf(block);
        while (slot >= 0) {
            long found = (long) LONGS.getAcquire(bytesOf(slot), at);
            VarHandle.acquireFence();
            if (holds(slot, block)) {
                return found;
            }
            // It has left the slot meanwhile.
            slot = slotOf(block);
        }
        // What was in a slot before is in its place by now.
        return isMapped(block) ? (long) LONGS.getAcquire(window, (int) (placeOf(block) - windowFrom) + at) : 0;
    }

    private boolean holds(int slot, int block) {
        return header.heldBy(slot) == block + 1L;
    }

    private int slotOf(int block) {
        if (holds(lastSlot, block)) {
            return lastSlot;
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            if (holds(slot, block)) {
                lastSlot = slot;
                return slot;
            }
        }
        return -1;
    }

    private ByteBuffer bytesOf(int slot) throws IOException {
        if (slots[slot] == null) {
            slots[slot] = HistoryHeader.map(channel, slotFrom(slot), BLOCK_BYTES);
        }
        return slots[slot];
    }

    private static long placeOf(int block) {
        return (long) block * BLOCK_BYTES;
    }

    /** The window may have been mapped when the file ended in it; a block never lies in two. */
    private boolean isMapped(int block) throws IOException {
        long from = placeOf(block) >>> WINDOW_BITS << WINDOW_BITS;
        int needed = (int) (placeOf(block) - from) + BLOCK_BYTES;
        if (window != null && windowFrom == from && needed <= window.capacity()) {
            return true;
        }
        long size = channel.size() - BLOCKS_FROM;
        if (from + needed > size) {
            return false;
        }
        windowFrom = from;
        window = HistoryHeader.map(channel, BLOCKS_FROM + from, (int) Math.min(WINDOW_BYTES, size - from));
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
