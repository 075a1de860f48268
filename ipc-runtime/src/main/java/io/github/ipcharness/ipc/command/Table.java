package io.github.ipcharness.ipc.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text, each column as wide as its widest entry. */
final class Table {

    private final List<String[]> rows = new ArrayList<>();
    private final boolean headed;

    /** @param heads none, or one for each column; they are printed if there are rows */
    Table(String... heads) {
        this.headed = heads.length > 0;
        if (headed) {
            rows.add(heads);
        }
    }

    void add(String... row) {
        rows.add(row);
    }

    void print(PrintStream out, String indent) {
        if (headed && rows.size() == 1) {
            return;
        }
        int columns = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]);
                if (i < row.length - 1) {
                    line.append(" ".repeat(widths[i] - row[i].length() + 2));
                }
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
