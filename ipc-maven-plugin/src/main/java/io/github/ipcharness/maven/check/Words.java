package io.github.ipcharness.maven.check;

import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {

    private static final String[] UNITS = {"ns", "us", "ms", "s"};

    private Words() {}

    /** A distance in time. Only stamps of a run have a unit; those of others are ticks of a clock nobody knows. */
    static String time(long distance, boolean nanoseconds) {
        if (distance < 0) {
            return "very long";
        }
        if (!nanoseconds) {
            return count(distance, "tick");
        }
        double amount = distance;
        int unit = 0;
        while (amount >= 1000 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return unit == 0 || amount >= 100
                ? String.format(Locale.ROOT, "%,.0f %s", amount, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }

    /** {@code 1 message}, {@code 20,000 messages}. */
    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
    }

    /** {@code 20,000}. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code  (and 3 more)}, or nothing. */
    static String more(long others) {
        return others <= 0 ? "" : String.format(Locale.ROOT, " (and %,d more)", others);
    }
}
