package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.MappedRegion;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/**
 * An array of bytes that processes share, for large data: images, model data. One byte an element, copied at memory
 * speed.
 *
 * <p>Single bytes are read and written with volatile memory effects, by fences round a plain access. A bulk copy is not
 * atomic: a reader may see any part of what a writer is just copying. Put a {@link SharedLock} round it where that
 * matters, or tell others afterwards, by whatever is volatile here: what was copied in before that is copied out after
 * it was seen. Contents are not recorded in histories.
 *
 * <p>A process killed in the middle of a bulk copy has copied some part of it. No method waits for another process.
 *
 * <p>An index outside the array is an {@link IndexOutOfBoundsException}, before anything was copied. Methods throw
 * {@link IllegalStateException} once the {@link Ipc} is closed.
 */
public final class SharedByteArray {

    private final MappedRegion region;
    private final long length;
    private final Ipc ipc;

    SharedByteArray(MappedRegion region, long length, Ipc ipc) {
        this.region = region;
        this.length = length;
        this.ipc = ipc;
    }

    /**
     * Elements; fixed when the array was created.
     *
     * @return how many
     */
    public long length() {
        return length;
    }

    /**
     * An element now.
     *
     * @param index from 0
     * @return its value
     */
    public byte get(long index) {
        ipc.ensureOpen();
        byte value = region.getByte(MappedRegion.HEADER_BYTES + Objects.checkIndex(index, length));
        VarHandle.fullFence();
        return value;
    }

    /**
     * Sets an element.
     *
     * @param index from 0
     * @param value its new value
     */
    public void set(long index, byte value) {
        ipc.ensureOpen();
        VarHandle.fullFence();
        region.putByte(MappedRegion.HEADER_BYTES + Objects.checkIndex(index, length), value);
        VarHandle.fullFence();
    }

    /**
     * Copies {@code count} bytes, the first being {@code index}, to the user's array.
     *
     * @param index the first one here, from 0
     * @param into where to
     * @param from the first one there
     * @param count how many
     */
    public void get(long index, byte[] into, int from, int count) {
        ipc.ensureOpen();
        checkRange(index, into.length, from, count);
        VarHandle.acquireFence();
        region.getBytes(MappedRegion.HEADER_BYTES + index, into, from, count);
        VarHandle.acquireFence();
    }

    /**
     * Copies {@code count} bytes of the user's array here, the first to {@code index}.
     *
     * @param index the first one here, from 0
     * @param source where from
     * @param from the first one there
     * @param count how many
     */
    public void set(long index, byte[] source, int from, int count) {
        ipc.ensureOpen();
        checkRange(index, source.length, from, count);
        VarHandle.releaseFence();
        region.putBytes(MappedRegion.HEADER_BYTES + index, source, from, count);
        CrashPoint.BYTES_COPIED.reach();
        VarHandle.releaseFence();
    }

    /** A copy goes by words where it is short: it would be half done where the user's array turns out to end. */
    private void checkRange(long index, int arrayLength, int from, int count) {
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, arrayLength);
    }
}
