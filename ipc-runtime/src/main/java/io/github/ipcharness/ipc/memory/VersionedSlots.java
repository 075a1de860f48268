package io.github.ipcharness.ipc.memory;

import java.lang.invoke.VarHandle;

/**
 * A wide value that is never read torn: four slots in turn, and one word that says which is the newest.
 *
 * <pre>
 *   +0    writers' lock
 *   +64   version: commit word; its slot is version mod 4, and version 0 is "nothing yet"
 *   +128  where readers sleep until there is a newer one (see {@link WaitPoint})
 *   +256  4 slots:  identity (8) | length (8) | bytes, padded to a multiple of 64
 * </pre>
 *
 * <p>Invariants: a writer, alone under the lock, fills the slot after the newest and then makes it the newest by one
 * release store; killed before that, nothing has happened, and the next writer fills the same slot again. A reader never
 * waits: it copies the newest slot and then looks at the version again. The slot was being written over only if the
 * version has moved on by three in the meantime (the writer of the fourth works where the first lies); then it reads
 * again. This is the sequence lock of Lameter (2005) with more than one slot, which is what makes it proof against a
 * writer that dies or sleeps in the middle.
 */
public final class VersionedSlots {

    /** The longest value: four slots of it lie in one window. */
    public static final int MAX_BYTES = 536_870_000;

    private static final int LOCK = 0;
    private static final int VERSION = 64;
    private static final int CHANGED = 128;
    private static final int FIRST_SLOT = 256;
    private static final int SLOTS = 4;
    private static final int SLOT_HEADER = 16;

    private final MappedRegion region;
    private final int base;
    private final int slotBytes;
    private final int maxBytes;
    private final RobustLock lock;
    private final WaitPoint changed;

    public VersionedSlots(MappedRegion region, int base, int maxBytes, Participants participants) {
        this.region = region;
        this.base = base;
        this.maxBytes = maxBytes;
        this.slotBytes = slotBytes(maxBytes);
        this.lock = new RobustLock(region, base + LOCK, participants);
        participants.guard(lock);
        this.changed = new WaitPoint(region, base + CHANGED, participants);
    }

    public static long bodyBytes(int maxBytes) {
        return FIRST_SLOT + (long) SLOTS * slotBytes(maxBytes);
    }

    private static int slotBytes(int maxBytes) {
        return (SLOT_HEADER + maxBytes + 63) & -64;
    }

    /** A value as it was at one instant. */
    public record Snapshot(long version, long identity, byte[] bytes) {}

    /** The newest value; its bytes are null before the first one was written. */
    public Snapshot read() {
        while (true) {
            long version = version();
            if (version == 0) {
                return new Snapshot(0, 0, null);
            }
            int slot = slot(version);
            long identity = region.getLong(slot);
            int length = (int) region.getLong(slot + Long.BYTES);
            // While the slot is written over, the length may be anything: look at the version before it is believed.
            VarHandle.loadLoadFence();
            if (isOvertaken(version)) {
                continue;
            }
            if (length < 0 || length > maxBytes) {
                throw new RegionException(
                        "damaged: a value of " + length + " bytes where " + maxBytes + " fit: " + region.file());
            }
            byte[] bytes = new byte[length];
            region.getBytes(slot + SLOT_HEADER, bytes, 0, length);
            VarHandle.loadLoadFence();
            if (!isOvertaken(version)) {
                return new Snapshot(version, identity, bytes);
            }
        }
    }

    private boolean isOvertaken(long version) {
        return version() - version >= SLOTS - 1;
    }

    /** Counts the values that were written so far. */
    public long version() {
        return region.getLongAcquire(base + VERSION);
    }

    /** Begins to write; false if another writer kept the lock until the deadline. */
    public boolean beginWrite(long deadline) {
        return lock.lock(deadline) != RobustLock.Result.TIMED_OUT;
    }

    /** Makes the bytes the newest value; between {@link #beginWrite} and {@link #endWrite}. */
    public void write(long identity, byte[] bytes) {
        long next = version() + 1;
        int slot = slot(next);
        region.putLong(slot, identity);
        region.putLong(slot + Long.BYTES, bytes.length);
        CrashPoint.VALUE_HALF_WRITTEN.reach();
        region.putBytes(slot + SLOT_HEADER, bytes, 0, bytes.length);
        CrashPoint.VALUE_WRITTEN.reach();
        region.putLongRelease(base + VERSION, next);
        CrashPoint.VALUE_COMMITTED.reach();
    }

    /** Lets the next writer in, and wakes those who wait for a change. */
    public void endWrite() {
        lock.unlock();
        changed.wakeAll();
    }

    /** Where a reader waits for a newer value. */
    public WaitPoint changed() {
        return changed;
    }

    public int maxBytes() {
        return maxBytes;
    }

    private int slot(long version) {
        return base + FIRST_SLOT + (int) (version % SLOTS) * slotBytes;
    }
}
