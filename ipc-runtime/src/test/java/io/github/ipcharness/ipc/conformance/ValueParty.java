package io.github.ipcharness.ipc.conformance;

import java.io.IOException;

/** A value of several words, as one process sees it. */
public interface ValueParty extends AutoCloseable {

    /** The newest value, which the caller may change. */
    byte[] read() throws Exception;

    /** Replaces the value. */
    void write(byte[] value) throws Exception;

    /** Leaves it to the others; a second call does nothing. */
    @Override
    void close() throws IOException;
}
