package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One line of JSON, an object, whose keys are asked for with the types they must have. */
final class JsonLine {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Path file;
    private final int number;
    /** Long, String, Boolean, Map of what is nested (one level), or the text of what is none of these. */
    private final Map<String, Object> values = new HashMap<>();

    /** Something that is there, but of no type that anybody asks for: 1.5, a list. */
    private record Other(String text) {}

    JsonLine(Path file, int number, String text) throws IOException {
        this.file = file;
        this.number = number;
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException(where() + "a line must be a JSON object: " + text);
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                values.put(key, value(parser, true));
            }
            if (parser.nextToken() != null) {
                throw new IOException(where() + "a line must be one JSON object and nothing more: " + text);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(where() + "not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Object value(JsonParser parser, boolean nested) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> {
                BigInteger integer = parser.getBigIntegerValue();
                boolean fits = integer.compareTo(LEAST) >= 0 && integer.compareTo(GREATEST) <= 0;
                return fits ? (Object) integer.longValue() : new Other(integer.toString());
            }
            case VALUE_STRING -> {
                return parser.getText();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            case START_OBJECT -> {
                if (nested) {
                    Map<String, Object> inner = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String key = parser.currentName();
                        parser.nextToken();
                        inner.put(key, value(parser, false));
                    }
                    return inner;
                }
                parser.skipChildren();
                return new Other("an object");
            }
            case START_ARRAY -> {
                parser.skipChildren();
                return new Other("a list");
            }
            default -> {
                return new Other(parser.getText());
            }
        }
    }

    String where() {
        return file + ":" + number + ": ";
    }

    IOException error(String key, String must) {
        String found = !values.containsKey(key) ? "it is missing" : "found " + shown(values.get(key));
        return new IOException(where() + "key \"" + key + "\" must be " + must + ", " + found);
    }

    private static String shown(Object value) {
        return value instanceof String ? "\"" + value + "\"" : value instanceof Other other ? other.text() : "" + value;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** Whether the key is there with another value than null. */
    boolean hasValue(String key) {
        return values.get(key) != null;
    }

    String string(String key) throws IOException {
        if (values.get(key) instanceof String text) {
            return text;
        }
        throw error(key, "a string");
    }

    long integer(String key) throws IOException {
        if (values.get(key) instanceof Long value) {
            return value;
        }
        throw error(key, "a 64-bit integer");
    }

    boolean bool(String key) throws IOException {
        if (values.get(key) instanceof Boolean value) {
            return value;
        }
        throw error(key, "true or false");
    }

    /** A Long or a String. */
    Object value(String key) throws IOException {
        Object value = values.get(key);
        if (value instanceof Long || value instanceof String) {
            return value;
        }
        throw error(key, "a 64-bit integer or a string");
    }

    /** What is nested under the key, whose values all have the type. */
    <T> Map<String, T> map(String key, Class<T> type) throws IOException {
        if (!(values.get(key) instanceof Map<?, ?> inner)) {
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
