package io.github.ipcharness.ipc.memory;

/**
 * How many of the messages of a ring have been worked on to the end, and a place to wait until all have.
 *
 * <pre>
 *   +0    done: tasks that were said to be done (its low 28 bits count; it never goes back)
 *   +128  where those sleep who wait until all is done (see {@link WaitPoint})
 * </pre>
 *
 * <p>Invariant: what is unfinished is written nowhere; it is what the ring's commit word counts without what is done. So a
 * put makes a task by the one store that makes it a message, and a process that is killed leaves both counts right. There
 * are at most 268,435,455 unfinished tasks.
 */
public final class TaskCount {

    public static final int BYTES = 128 + WaitPoint.BYTES;

    private final MappedRegion region;
    private final int done;
    private final MessageRing ring;
    private final WaitPoint allDone;

    public TaskCount(MappedRegion region, int base, MessageRing ring, Participants participants) {
        this.region = region;
        this.done = base;
        this.ring = ring;
        this.allDone = new WaitPoint(region, base + 128, participants);
    }

    /** Says that a task is done; false if all were done already. */
    public boolean done() {
        while (true) {
            long before = region.getLongVolatile(done);
            long unfinished = ring.putsSince(before);
            if (unfinished == 0) {
                return false;
            }
            if (region.compareAndSetLong(done, before, before + 1)) {
                if (unfinished == 1) {
                    allDone.wakeAll();
                }
                return true;
            }
        }
    }

    /** Tasks that were put and are not done. */
    public long unfinished() {
        while (true) {
            long before = region.getLongVolatile(done);
            long unfinished = ring.putsSince(before);
            if (region.getLongVolatile(done) == before) {
                return unfinished;
            }
        }
    }

    public WaitPoint allDone() {
        return allDone;
    }
}
