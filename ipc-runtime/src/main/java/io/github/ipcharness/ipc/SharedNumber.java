package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.MappedRegion;
import java.nio.ByteBuffer;

/** What the numbers that processes share have in common: one word, and a short way to it. */
abstract class SharedNumber {

    private static final int AT = MappedRegion.HEADER_BYTES;

    final LongCells cells;

    /**
     * Where the word is, as long as nothing stands between a call and it: neither a record, nor that the namespace is
     * closed. Null otherwise, and then each call goes the long way.
     */
    private volatile ByteBuffer direct;

    SharedNumber(LongCells cells) {
        this.cells = cells;
    }

    /** Once this namespace is open, until it {@link #close closes}. */
    final void open() {
        direct = cells.unrecorded();
    }

    /** From now on each call finds out that the namespace is closed. */
    final void close() {
        direct = null;
    }

    /** @param shift how far up in its word the number lies: a constant, so that it costs nothing where it is 0 */
    final long value(int shift) {
        ByteBuffer words = direct;
        return words == null ? cells.get(0) : MappedRegion.getLongVolatile(words, AT) >> shift;
    }

    /** As {@link #value}. */
    final long getAndAdd(long delta, int shift) {
        ByteBuffer words = direct;
        if (words == null) {
            return cells.getAndAdd(0, delta);
        }
        long found = MappedRegion.getAndAddLong(words, AT, delta << shift) >> shift;
        cells.wake();
        return found;
    }
}
