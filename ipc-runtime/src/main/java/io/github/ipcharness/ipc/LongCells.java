package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.WaitPoint;
import io.github.ipcharness.ipc.memory.Waiting;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/**
 * A row of 64-bit words in shared memory, each atomic and volatile by itself, recorded as it is used: what the shared
 * numbers and arrays are made of.
 *
 * <p>A value narrower than a word lies in the word's upper bits ({@code shift}), so that adding to the word wraps as the
 * narrow type does, and a compare-and-set compares the value and nothing else.
 */
final class LongCells {

    private final MappedRegion region;
    private final int length;
    private final int shift;
    private final Ipc ipc;
    private final ObjectLog log;
    private final WaitPoint changed;

    /** @param changed where those sleep who wait for a change; null for an array, which nobody waits for */
    LongCells(MappedRegion region, int length, int shift, Ipc ipc, ObjectLog log, WaitPoint changed) {
        this.region = region;
        this.length = length;
        this.shift = shift;
        this.ipc = ipc;
        this.log = log;
        this.changed = changed;
    }

    private long offset(int index) {
        ipc.ensureOpen();
        return MappedRegion.HEADER_BYTES + (long) Objects.checkIndex(index, length) * Long.BYTES;
    }

    /** The memory of words that are not recorded, to be used only while the namespace is open; null if they are. */
    ByteBuffer unrecorded() {
        return log.isOn() ? null : region.firstWindow();
    }

    int length() {
        return length;
    }

    long get(int index) {
        long offset = offset(index);
        if (!log.isOn()) {
            return region.getLongVolatile(offset) >> shift;
        }
        long call = log.beginLook();
        long found = region.getLongVolatile(offset) >> shift;
        log.endLook(call, Operation.READ, 0, index, Outcome.OK, found, 0);
        return found;
    }

    /** For people who look: not recorded, and not refused once the namespace is closed. */
    long peek() {
        return region.getLongVolatile(MappedRegion.HEADER_BYTES) >> shift;
    }

    void set(int index, long value) {
        long offset = offset(index);
        long record = log.begin(Operation.WRITE, 0, value, 0, index);
        region.putLongVolatile(offset, value << shift);
        wake();
        log.end(record, Outcome.OK);
    }

    boolean compareAndSet(int index, long expected, long value) {
        long offset = offset(index);
        long record = log.begin(Operation.CAS, 0, value, expected, index);
        boolean done = region.compareAndSetLong(offset, expected << shift, value << shift);
        wake();
        log.end(record, done ? Outcome.OK : Outcome.MISS);
        return done;
    }

    long getAndAdd(int index, long delta) {
        long offset = offset(index);
        long record = log.begin(Operation.ADD, 0, delta, 0, index);
        long found = region.getAndAddLong(offset, delta << shift) >> shift;
        wake();
        log.end(record, Outcome.OK, found);
        return found;
    }

    long getAndSet(int index, long value) {
        long offset = offset(index);
        // Killed in the middle it is a pending write, which is all that others can see of a swap.
        long record = log.begin(Operation.WRITE, 0, value, 0, index);
        long found = region.getAndSetLong(offset, value << shift) >> shift;
        wake();
        log.endSwap(record, found);
        return found;
    }

    /** After a volatile access, which is the waker's fence. */
    void wake() {
        CrashPoint.CELL_CHANGED.reach();
        if (changed != null) {
            changed.wakeAll();
        }
    }

    /** Waits until the word is another one than {@code old}; gives what it is then, or {@code old} if time is over. */
    long awaitChange(int index, long old, Duration timeout) throws InterruptedException {
        long deadline = Deadline.in(Objects.requireNonNull(timeout, "timeout"));
        long found = get(index);
        try (Waiting waiting = new Waiting(changed)) {
            while (found == old && waiting.pauseInterruptibly(deadline)) {
                found = get(index);
            }
            waiting.succeeded();
            return found;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** Whether the elements are in this row and in the user's array; nothing is copied if not. */
    void checkRange(int index, int arrayLength, int from, int count) {
        ipc.ensureOpen();
        Objects.checkFromIndexSize(index, count, length);
        Objects.checkFromIndexSize(from, count, arrayLength);
    }
}
