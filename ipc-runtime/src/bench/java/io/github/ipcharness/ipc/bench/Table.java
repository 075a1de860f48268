package io.github.ipcharness.ipc.bench;

import java.util.Locale;

/** The one table: what was measured, beside what, and whether it is as good as it is meant to be. */
final class Table {

    private static final String FORMAT = "%-42s %-72s %-40s %-24s %s";

    void row(String what, String figure, String beside, String aim, boolean reached) {
        line(what, figure, beside, aim, reached ? "reached" : "FELL SHORT");
    }

    /** Only shown, for comparison. */
    void row(String what, String figure) {
        line(what, figure, "", "", "");
    }

    private void line(String what, String figure, String beside, String aim, String verdict) {
        String line = String.format(Locale.ROOT, FORMAT, what, figure, beside, aim, verdict)
                .stripTrailing();
        System.out.println(line); // At once: one may want to stop it.
    }

    void heading() {
        line("measured", "ours", "beside", "aim", "");
    }
}
