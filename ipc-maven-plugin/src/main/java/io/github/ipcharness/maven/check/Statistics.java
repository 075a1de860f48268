package io.github.ipcharness.maven.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures of one history.
 *
 * @param operations how many there are, pending ones too
 * @param pending how many never returned
 * @param counts {@code put ok}, {@code get empty}, ... and how often, in the order of the enums
 * @param firstCall the least stamp, 0 if there is none
 * @param lastReturn the greatest stamp of a return, 0 if there is none
 * @param missed of a value: for each process that reads it, how many of the distinct values written it never saw. No
 *     failure: a reader slower than its writer misses values
 * @param strength how much was put to the test
 */
public record Statistics(
        long operations,
        long pending,
        Map<String, Long> counts,
        long firstCall,
        long lastReturn,
        Map<String, Long> missed,
        Strength strength) {

    public Statistics {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
        missed = Collections.unmodifiableMap(new LinkedHashMap<>(missed));
    }
}
