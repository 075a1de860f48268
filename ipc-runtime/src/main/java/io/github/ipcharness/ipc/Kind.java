package io.github.ipcharness.ipc;

import java.util.Locale;

/** What contract an object keeps, and so which checks judge its history. */
public enum Kind {
    /** First in, first out: put and get. */
    QUEUE,
    /** Two ends, and a stream from each to the other: send, receive and close. */
    PIPE,
    /** One value: read, write, compare-and-set and add. */
    VALUE,
    /** One owner at a time: lock and unlock. */
    LOCK;

    /** The word used in histories: {@code queue}, {@code pipe}, {@code value}, {@code lock}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
