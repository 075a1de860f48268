package io.github.ipcharness.ipc.conformance;

import java.io.IOException;
import java.time.Duration;

/** A lock between processes, as a thread of one of them sees it. All calls come from one thread. */
public interface LockParty extends AutoCloseable {

    /** What came of an attempt. */
    enum Outcome {
        /** Another one held it all the time. */
        BUSY,
        /** It is held now. */
        LOCKED,
        /** It is held now, and was taken over from one who died with it. */
        LOCKED_FROM_DEAD_OWNER
    }

    /** Locks it; waits until it is free, if need be, or until the time is over. */
    Outcome lock(Duration timeout) throws Exception;

    /**
     * Unlocks it.
     *
     * @throws IllegalMonitorStateException if this one does not hold it; then nothing changes
     */
    void unlock() throws Exception;

    /** Leaves it to the others; a second call does nothing. */
    @Override
    void close() throws IOException;
}
