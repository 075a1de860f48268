package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ipcharness.ipc.history.ClockId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What whoever ran the processes knows of the run, beside what they recorded.
 *
 * @param drained whether at the end everything acknowledged had to be out
 * @param stalled whether the time was over before the processes had ended
 * @param clock the clock of the runner; null if it is not known
 * @param startNanos {@link System#nanoTime} of the runner before it started the first process
 * @param endNanos the same after it had seen the last one end
 * @param killed the ids of the processes that were killed on purpose
 */
public record RunFacts(
        boolean drained, boolean stalled, ClockId clock, long startNanos, long endNanos, Set<Long> killed) {

    public RunFacts {
        killed = Set.copyOf(killed);
    }

    private static final JsonFactory JSON = new JsonFactory();

    /** Nothing is known but this. */
    public static RunFacts of(boolean drained) {
        return new RunFacts(drained, false, null, 0, 0, Set.of());
    }

    /**
     * @param file {@code exits.json} of a run directory; if there is none, nothing is known of the run
     * @throws IOException if it cannot be read
     */
    public static RunFacts read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return of(false);
        }
        boolean drained = false;
        boolean stalled = false;
        String bootId = null;
        long timeNamespace = 0;
        long start = 0;
        long end = 0;
        Set<Long> killed = new HashSet<>();
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                switch (key) {
                    case "drained" -> drained = json.getValueAsBoolean();
                    case "stalled" -> stalled = json.getValueAsBoolean();
                    case "bootId" -> bootId = json.getText();
                    case "timeNamespace" -> timeNamespace = json.getLongValue();
                    case "startNanos" -> start = json.getLongValue();
                    case "endNanos" -> end = json.getLongValue();
                    case "killed" -> {
                        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                            killed.add(json.getLongValue());
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }
        ClockId clock = bootId == null ? null : new ClockId(bootId, timeNamespace);
        return new RunFacts(drained, stalled, clock, start, end, killed);
    }
}
