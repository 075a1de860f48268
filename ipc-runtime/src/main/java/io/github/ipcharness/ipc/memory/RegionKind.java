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

    /** Null if there is none. */
    static RegionKind ofCode(int code) {
        for (RegionKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }

    static String nameOf(int code) {
        RegionKind kind = ofCode(code);
        return kind != null ? kind.toString() : "region of unknown kind " + code;
    }

    /** The file of the object that users call so. No kind has a minus sign: the long array 'x' and the long 'array-x' are two. */
    public String fileOf(String name) {
        return prefix() + name;
    }

    /** What users call the object in this file of this kind. */
    public String nameIn(String file) {
        return file.startsWith(prefix()) ? file.substring(prefix().length()) : file;
    }

    private String prefix() {
        return toString().replace(' ', '_') + "-";
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
