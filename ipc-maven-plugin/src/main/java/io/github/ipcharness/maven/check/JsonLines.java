package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The lines of a file, a JSON object each.
 *
 * <p>One parser goes through the whole file, since to begin one for each line costs more than to read the line; that each
 * object has a line for itself is looked at where it begins and where it ends.
 */
final class JsonLines implements Closeable {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final JsonParser parser;
    private final KnownTexts texts = new KnownTexts();
    /** The line of the object that was read last. */
    private int last;

    /** What comes after that, which has been looked at already; null at the end. */
    private JsonToken ahead;

    private int aheadNumber;

    JsonLines(Path file) throws IOException {
        this.file = file;
        // A reader of ours, for it refuses what is not UTF-8.
        this.parser = JSON.createParser(Files.newBufferedReader(file));
        read(this::lookAhead);
    }

    private interface Reading {
        void run() throws IOException;
    }

    /** Fills the line with the next one that is not blank; false if there is none. */
    boolean next(JsonLine line) throws IOException {
        if (ahead == null) {
            return false;
        }
        line.clear(aheadNumber);
        if (ahead != JsonToken.START_OBJECT) {
            throw new IOException(line.where() + "a line must be a JSON object: " + text(aheadNumber));
        }
        read(() -> fill(line));
        last = line.number();
        read(this::lookAhead);
        if (ahead != null && aheadNumber == last) {
            throw new IOException(line.where() + "a line must be one JSON object and nothing more: " + text(last));
        }
        return true;
    }

    private void read(Reading reading) throws IOException {
        try {
            reading.run();
        } catch (JsonProcessingException e) {
            int number = aheadNumber > last ? aheadNumber : e.getLocation().getLineNr();
            throw new IOException(file + ":" + number + ": not JSON: " + e.getOriginalMessage(), e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + ": not UTF-8 after line " + last, e);
        }
    }

    private void lookAhead() throws IOException {
        ahead = parser.nextToken();
        aheadNumber = ahead == null ? last : parser.currentTokenLocation().getLineNr();
    }

    private void fill(JsonLine line) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && fits()) {
                line.put(key, parser.getLongValue());
            } else {
                line.put(key, value(line, true));
            }
        }
        last = parser.currentLocation().getLineNr();
        if (last != line.number()) {
            throw new IOException(line.where() + "a line must be a JSON object, not one that goes on to line " + last
                    + ": " + text(line.number()));
        }
    }

    /** Whether the integer has no more than 64 bits. */
    private boolean fits() throws IOException {
        return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    }

    private Object value(JsonLine line, boolean nested) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_STRING -> {
                return texts.get(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return parser.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            case VALUE_NUMBER_INT -> {
                return fits() ? (Object) parser.getLongValue() : new JsonLine.Other(parser.getText());
            }
            case START_OBJECT -> {
                return nested ? inner(line) : skipped("an object");
            }
            case START_ARRAY -> {
                return skipped("a list");
            }
            default -> {
                return new JsonLine.Other(parser.getText());
            }
        }
    }

    private Map<String, Object> inner(JsonLine line) throws IOException {
        Map<String, Object> inner = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            Object value = value(line, false);
            if (inner.containsKey(key)) {
                throw line.duplicate(key);
            }
            inner.put(key, value);
        }
        return inner;
    }

    private JsonLine.Other skipped(String what) throws IOException {
        parser.skipChildren();
        return new JsonLine.Other(what);
    }

    /** What stands on a line, for who has to mend it. */
    private String text(int number) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.skip(number - 1L).findFirst().orElse("");
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
