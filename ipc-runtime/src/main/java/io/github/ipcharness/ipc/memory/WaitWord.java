package io.github.ipcharness.ipc.memory;

/**
 * One word in shared memory, and a place to wait until it says what one waits for.
 *
 * <pre>
 *   +0    word: the commit word of what its owner keeps in it
 *   +128  where those sleep who wait for a change (see {@link WaitPoint})
 * </pre>
 */
public final class WaitWord {

    public static final int BYTES = 128 + WaitPoint.BYTES;

    private final MappedRegion region;
    private final int offset;
    private final WaitPoint changed;

    public WaitWord(MappedRegion region, int offset, Participants participants) {
        this.region = region;
        this.offset = offset;
        this.changed = new WaitPoint(region, offset + 128, participants);
    }

    public long get() {
        return region.getLongVolatile(offset);
    }

    /** A volatile access: {@link #wakeAll} may follow it. */
    public boolean compareAndSet(long expected, long value) {
        return region.compareAndSetLong(offset, expected, value);
    }

    public void wakeAll() {
        changed.wakeAll();
    }

    public WaitPoint changed() {
        return changed;
    }
}
