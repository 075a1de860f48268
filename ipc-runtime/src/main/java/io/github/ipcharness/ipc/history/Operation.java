package io.github.ipcharness.ipc.history;

import java.util.Locale;

/** What a process asked of an object. The code stands in history files: never change one, only add. */
public enum Operation {
    PUT(1),
    GET(2),
    SEND(3),
    RECEIVE(4),
    CLOSE(5),
    READ(6),
    WRITE(7),
    CAS(8),
    ADD(9),
    LOCK(10),
    UNLOCK(11);

    private static final Operation[] BY_CODE = new Operation[12];

    static {
        for (Operation operation : values()) {
            BY_CODE[operation.code] = operation;
        }
    }

    private final int code;
    private final String text = name().toLowerCase(Locale.ROOT);

    Operation(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Operation ofCode(int code) {
        return code > 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The word used in histories: {@code put}, {@code get}, ... */
    @Override
    public String toString() {
        return text;
    }
}
