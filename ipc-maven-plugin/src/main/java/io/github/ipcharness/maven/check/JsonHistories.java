package io.github.ipcharness.maven.check;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Histories as JSON Lines, so that any language can write what is judged here.
 *
 * <p>A line that has the key {@code history} opens a history; each line that follows is one operation of it. Unknown keys
 * are ignored, empty lines too. Beside the keys that everybody may use, {@link #write} uses a few more, so that a run that
 * was written and read again is judged alike, word for word:
 * <ul>
 *   <li>in the header {@code clock} ({@code ns}: stamps are nanoseconds), {@code clockDoubt}, {@code stalled}, {@code type}, {@code
 *       participants}, {@code alive} (last signs of life of processes, if on other objects)
 *   <li>in an operation {@code shown} and {@code sum}
 * </ul>
 */
public final class JsonHistories {

    private JsonHistories() {}

    /**
     * One history for each object (and element of an array) of each history in the file.
     *
     * @throws IOException if the file cannot be read, or a line is not as it has to be; names file, line and key
     */
    public static List<History> read(Path file) throws IOException {
        return new JsonHistoryReader(file).read();
    }

    /** Writes them so that {@link #read} gives equal ones. Replaces the file. */
    public static void write(List<History> histories, Path file) throws IOException {
        JsonHistoryWriter.write(histories, file);
    }
}
