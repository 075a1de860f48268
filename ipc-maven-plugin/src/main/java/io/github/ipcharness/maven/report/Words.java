package io.github.ipcharness.maven.report;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {

    private Words() {}

    /** {@code 1 operation}, {@code 20,000 operations}. */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 3.2 ms}, {@code 0.31 s}, {@code 75 s}. */
    static String seconds(Duration duration) {
        return seconds(duration.toNanos());
    }

    static String seconds(long nanos) {
        if (nanos > 0 && nanos < 10_000_000) {
            return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
        }
        return String.format(Locale.ROOT, nanos < 10_000_000_000L ? "%.2f s" : "%.0f s", nanos / 1e9);
    }
}
