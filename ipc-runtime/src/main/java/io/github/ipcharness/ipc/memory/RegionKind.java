package io.github.ipcharness.ipc.memory;

import java.util.Locale;

/** What the body of a region holds. The code stands in the file: never change one, only add. */
public enum RegionKind {
    PARTICIPANTS(1),
    QUEUE(2),
    PIPE(3),
    LONG(4),
    INT(5),
    DOUBLE(6),
    BOOLEAN(7),
    VALUE(8),
    LONG_ARRAY(9),
    INT_ARRAY(10),
    DOUBLE_ARRAY(11),
    BYTE_ARRAY(12),
    LOCK(13),
    SEMAPHORE(14),
    LATCH(15),
    EVENT(16),
    BARRIER(17),
    CONDITION(18);

    private final int code;

    RegionKind(int code) {
        this.code = code;
    }

    /** Whether the body is a row of elements and nothing else. */
    public boolean isArray() {
        return switch (this) {
            case LONG_ARRAY, INT_ARRAY, DOUBLE_ARRAY, BYTE_ARRAY -> true;
            default -> false;
        };
    }

    int code() {
        return code;
    }

    static String nameOf(int code) {
        for (RegionKind kind : values()) {
            if (kind.code == code) {
                return kind.toString();
            }
        }
        return "region of unknown kind " + code;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
