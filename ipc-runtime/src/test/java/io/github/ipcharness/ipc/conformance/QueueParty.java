package io.github.ipcharness.ipc.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/** A queue, as one process sees it that puts or takes. */
public interface QueueParty extends AutoCloseable {

    /**
     * Puts a message, which the caller may change afterwards; waits for room, if need be.
     *
     * @return false if there was no room in all that time; then nothing was put
     */
    boolean put(byte[] message, Duration timeout) throws Exception;

    /**
     * Takes the first message; waits for one, if need be.
     *
     * @return null if none came in all that time
     * @throws EOFException if all who put have said {@link #endOfStream}, and nothing is left
     */
    byte[] take(Duration timeout) throws Exception;

    /** Says that this one puts no more; only called if {@link QueueConformance#hasEndOfStream()}. */
    default void endOfStream() throws Exception {
        throw new UnsupportedOperationException("endOfStream");
    }

    /** Leaves it to the others; a second call does nothing. */
    @Override
    void close() throws IOException;
}
