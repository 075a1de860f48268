package io.github.ipcharness.ipc;

import java.util.Locale;

/** What contract an object keeps, and so which checks judge its history. */
public enum Kind {
    QUEUE,
    PIPE,
    VALUE,
    LOCK;

    /** The word used in histories: {@code queue}, {@code pipe}, {@code value}, {@code lock}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
