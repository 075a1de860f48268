package io.github.ipcharness.maven.scenario;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 200us}, {@code 500ms}, {@code 60s}, {@code 2m}, {@code 1h}. */
public final class Durations {

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,9})\\s*(us|ms|s|m|h)");

    private Durations() {}

    /** @throws InvalidScenarioException if there is no unit, or it is not more than nothing */
    public static Duration parse(String parameter, String text) {
        Matcher matcher = WRITTEN.matcher(text == null ? "" : text.trim());
        if (!matcher.matches()) {
            throw new InvalidScenarioException(
                    parameter + " must be a whole number with its unit (500ms, 60s, 2m, 1h): "
                            + (text == null ? "none is given" : text));
        }
        long number = Long.parseLong(matcher.group(1));
        if (number == 0) {
            throw new InvalidScenarioException(parameter + " must be more than nothing: " + text);
        }
        return switch (matcher.group(2)) {
            case "us" -> Duration.of(number, ChronoUnit.MICROS);
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** The shortest way to write it, which {@link #parse} reads: {@code 60 s}. */
    public static String write(Duration duration) {
        if (duration.toNanos() % 1_000_000 != 0) {
            return duration.toNanos() / 1000 + " us";
        }
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + " h";
        }
        return seconds % 60 == 0 && seconds > 60 ? seconds / 60 + " m" : seconds + " s";
    }
}
