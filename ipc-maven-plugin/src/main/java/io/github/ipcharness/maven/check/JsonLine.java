package io.github.ipcharness.maven.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of JSON, an object, whose keys are asked for with the types they must have.
 *
 * <p>There are millions of lines with a handful of keys each, so a line is filled again and again, and a key is looked for
 * among its few neighbours.
 */
final class JsonLine {

    private static final int FIRST_ROOM = 8;
    private static final int NONE = -1;
    /** Stands among the values where the number lies among the numbers. */
    private static final Object INTEGER = new Object();

    private final Path file;
    private int number;
    private int size;
    private String[] keys = new String[FIRST_ROOM];
    /** INTEGER, String, Boolean, Map of what is nested (one level), Other or null. */
    private Object[] values = new Object[FIRST_ROOM];

    private long[] numbers = new long[FIRST_ROOM];

    /** Something that is there, but of no type that anybody asks for: 1.5, a list. */
    record Other(String text) {}

    JsonLine(Path file) {
        this.file = file;
    }

    // ---- filled by who reads ----

    void clear(int lineNumber) {
        number = lineNumber;
        size = 0;
    }

    /** @param value a String, a Boolean, a Map, an Other or null */
    void put(String key, Object value) throws IOException {
        put(key, value, 0);
    }

    void put(String key, long value) throws IOException {
        put(key, INTEGER, value);
    }

    private void put(String key, Object value, long integer) throws IOException {
        if (position(key) != NONE) {
            throw duplicate(key);
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        keys[size] = key;
        values[size] = value;
        numbers[size++] = integer;
    }

    /** The error that a key stands there twice. */
    IOException duplicate(String key) {
        return new IOException(where() + "not JSON: Duplicate field \"" + key + "\"");
    }

    // ---- asked ----

    private int position(String key) {
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return NONE;
    }

    private Object get(String key) {
        int position = position(key);
        return position == NONE ? null : values[position];
    }

    /** Which line of the file it is, from 1. */
    int number() {
        return number;
    }

    String where() {
        return file + ":" + number + ": ";
    }

    IOException error(String key, String must) {
        int position = position(key);
        String found = position == NONE ? "it is missing" : "found " + shown(position);
        return new IOException(where() + "key \"" + key + "\" must be " + must + ", " + found);
    }

    private String shown(int position) {
        Object value = values[position];
        if (value == INTEGER) {
            return Long.toString(numbers[position]);
        }
        return value instanceof String ? "\"" + value + "\"" : value instanceof Other other ? other.text() : "" + value;
    }

    boolean has(String key) {
        return position(key) != NONE;
    }

    /** Whether the key is there with another value than null. */
    boolean hasValue(String key) {
        return get(key) != null;
    }

    String string(String key) throws IOException {
        if (get(key) instanceof String text) {
            return text;
        }
        throw error(key, "a string");
    }

    long integer(String key) throws IOException {
        int position = position(key);
        if (position != NONE && values[position] == INTEGER) {
            return numbers[position];
        }
        throw error(key, "a 64-bit integer");
    }

    boolean bool(String key) throws IOException {
        if (get(key) instanceof Boolean value) {
            return value;
        }
        throw error(key, "true or false");
    }

    /** Whether the key's value is a string; otherwise it is a 64-bit integer. */
    boolean isString(String key) throws IOException {
        Object value = get(key);
        if (value != INTEGER && !(value instanceof String)) {
            throw error(key, "a 64-bit integer or a string");
        }
        return value != INTEGER;
    }

    /** What is nested under the key, whose values all have the type: Long or String. */
    <T> Map<String, T> map(String key, Class<T> type) throws IOException {
        if (!(get(key) instanceof Map<?, ?> inner)) {
            throw error(key, "an object");
        }
        Map<String, T> map = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : inner.entrySet()) {
            if (!type.isInstance(entry.getValue())) {
                throw error(key, "an object of " + type.getSimpleName() + "s");
            }
            map.put((String) entry.getKey(), type.cast(entry.getValue()));
        }
        return map;
    }
}
