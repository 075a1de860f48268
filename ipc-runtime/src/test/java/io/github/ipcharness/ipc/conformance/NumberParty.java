package io.github.ipcharness.ipc.conformance;

import java.io.IOException;

/** A 64-bit number with atomic updates, as one process sees it; it is 0 when it is created. */
public interface NumberParty extends AutoCloseable {

    /** The newest value. */
    long get() throws Exception;

    /** Replaces the value. */
    void set(long value) throws Exception;

    /** Adds, in one step, without a check for overflow; gives what it was before. */
    long getAndAdd(long delta) throws Exception;

    /** Sets it to {@code next} if it is {@code expected}, in one step; gives whether it was. */
    boolean compareAndSet(long expected, long next) throws Exception;

    /** Leaves it to the others; a second call does nothing. */
    @Override
    void close() throws IOException;
}
