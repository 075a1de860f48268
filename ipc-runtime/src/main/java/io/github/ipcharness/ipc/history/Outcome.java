package io.github.ipcharness.ipc.history;

import java.util.Locale;

/** How an operation ended. The code stands in history files: never change one, only add. */
public enum Outcome {
    /** It never returned: its process died inside it, or the recording ended. It may have happened or not. */
    PENDING(0),
    OK(1),
    FULL(2),
    /** Nothing was there, or the time was over; for a lock, it was not got. */
    EMPTY(3),
    /** The stream is at its end. */
    CLOSED(4),
    /** A compare-and-set found another value. */
    MISS(5),
    /** The lock was taken over from an owner that died. */
    RECOVERED(6),
    /** It returned and surely changed and observed nothing: refused arguments, an interrupt. Not judged. */
    NO_EFFECT(7);

    private static final Outcome[] BY_CODE = values();

    private final int code;
    private final String text = name().toLowerCase(Locale.ROOT);

    Outcome(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Outcome ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The word used in histories: {@code ok}, {@code empty}, ... */
    @Override
    public String toString() {
        return text;
    }
}
