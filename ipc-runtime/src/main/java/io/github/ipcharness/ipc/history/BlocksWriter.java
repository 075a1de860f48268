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
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The blocks of a history file that are being written, in few slots of mapped memory that are used again and again; see
 * {@link HistoryLayout} for what is where, and when.
 *
 * <p>Any number of threads write records. Who is the first to need a block finds it a slot, while those who need the
 * same one wait. A block whose records are all at rest is touched by nobody any more, so nobody is asked when it leaves
 * its slot.
 */
final class BlocksWriter implements Closeable {

    private static final byte[] ZEROS = new byte[BLOCK_BYTES];

    private final Path file;
    /** Writes blocks to their places. Unlike a channel, it survives the interruption of the thread that writes. */
    private final RandomAccessFile places;

    private final ByteBuffer header;
    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
    private final byte[] copy = new byte[BLOCK_BYTES];
    /** By their numbers. Null is one that is not there yet, or needed no more. */
    private volatile ByteBuffer[] blocks = new ByteBuffer[1];

    /**
     * @param file what people call it, which need not be its name yet
     * @param opened the file, empty, to be closed by {@link #close}
     */
    BlocksWriter(Path file, RandomAccessFile opened) throws IOException {
        this.file = file;
        this.places = opened;
        this.header = map(0, HEADER_BYTES);
        this.blocks[0] = inSlot(0, 0);
    }

    ByteBuffer header() {
        return header;
    }

    /**
     * The block in which this record is written; to be asked for before the record is first written, and not any more
     * when it is at rest.
     *
     * @throws RegionException if there is no room for another block
     */
    ByteBuffer of(long record) {
        int block = blockOf(record);
        ByteBuffer[] known = blocks;
        ByteBuffer found = block < known.length ? known[block] : null;
        return found != null ? found : made(block);
    }

    private synchronized ByteBuffer made(int block) {
        if (block >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(block + 1, 2 * blocks.length));
        }
        ByteBuffer[] known = blocks;
        if (known[block] == null) {
            try {
                known[block] = make(block);
            } catch (Exception e) {
                throw new RegionException("cannot record any more to " + file + ": " + e, e);
            }
            // Stored again for those who read it: what it refers to has changed.
            blocks = known;
        }
        return known[block];
    }

    private ByteBuffer make(int block) throws Exception {
        int slot = slotForABlock();
        if (slot >= 0 && slots[slot] != null) {
            return inSlot(slot, block);
        }
        // To map would close the file if this thread were interrupted.
        return Uninterruptibly.call(
                "history", () -> slot < 0 ? map(blockFrom(block), BLOCK_BYTES) : inSlot(slot, block));
    }

    private ByteBuffer inSlot(int slot, int block) throws IOException {
        if (slots[slot] == null) {
            slots[slot] = map(slotFrom(slot), BLOCK_BYTES);
        }
        LONGS.setRelease(header, slotWord(slot), block + 1L);
        return slots[slot];
    }

    /** Negative if there is none. One that was used before is preferred: it is in the cache. */
    private int slotForABlock() throws IOException {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (slots[slot] == null || tryToFree(slot)) {
                return slot;
            }
        }
        return -1;
    }

    /** Sees to it that the slot holds nothing; false if a record in it may still be written. */
    private boolean tryToFree(int slot) throws IOException {
        int block = (int) (long) LONGS.get(header, slotWord(slot)) - 1;
        if (block < 0) {
            return true;
        }
        ByteBuffer bytes = slots[slot];
        if (!isAtRest(bytes, block)) {
            return false;
        }
        bytes.get(0, copy);
        places.seek(blockFrom(block));
        places.write(copy);
        CrashPoint.HISTORY_KEPT.reach();
        blocks[block] = null;
        LONGS.setRelease(header, slotWord(slot), 0L);
        VarHandle.storeStoreFence();
        CrashPoint.HISTORY_SLOT_FREED.reach();
        bytes.put(0, ZEROS);
        return true;
    }

    private static boolean isAtRest(ByteBuffer bytes, int block) {
        for (int i = block == 0 ? (int) FIRST_RECORD : 0; i < BLOCK_RECORDS; i++) {
            if (!HistoryLayout.isAtRest(stateOf((long) LONGS.getAcquire(bytes, offsetInBlock(i))))) {
                return false;
            }
        }
        return true;
    }

    private ByteBuffer map(long from, int size) throws IOException {
        FileChannel channel = places.getChannel();
        PrivateFiles.fill(channel, from, from + size);
        CrashPoint.HISTORY_GROWN.reach();
        return channel.map(FileChannel.MapMode.READ_WRITE, from, size).load().order(ByteOrder.nativeOrder());
    }

    /** Blocks that are there can still be written to. */
    @Override
    public void close() throws IOException {
        places.close();
    }
}
