package io.github.ipcharness.ipc.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;

/** One of the two ends of a connection that carries messages in both directions. */
public interface ConnectionParty extends AutoCloseable {

    /**
     * Sends a message, which the caller may change afterwards; waits for room, if need be.
     *
     * @return false if there was no room in all that time; then nothing was sent
     * @throws IOException if the other end is closed, or its process dead, as soon as that is known
     */
    boolean send(byte[] message, Duration timeout) throws Exception;

    /**
     * Receives the next message from the other end; waits for one, if need be.
     *
     * @return null if none came in all that time
     * @throws EOFException if the other end is closed, or its process dead, and all that it sent has been received
     */
    byte[] receive(Duration timeout) throws Exception;

    /** Leaves it to the others; a second call does nothing. */
    @Override
    void close() throws IOException;
}
