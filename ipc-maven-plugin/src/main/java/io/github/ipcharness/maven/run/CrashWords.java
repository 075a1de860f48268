package io.github.ipcharness.maven.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a JVM that crashed said of it, from its log: why, in which function, and where its error report ({@code hs_err})
 * lies. It writes that to stdout, as comment lines in a form that has not changed for many years.
 */
final class CrashWords {

    private static final List<String> BEGINNINGS = List.of(
            "# A fatal error has been detected by the Java Runtime Environment",
            "# There is insufficient memory for the Java Runtime Environment to continue");

    private static final String FRAME = "# Problematic frame:";
    private static final String REPORT = "# An error report file with more information is saved as:";
    private static final int MAX_LINES = 60;

    private CrashWords() {}

    /** Nothing if the log has no such words. */
    static List<String> in(Path log) throws IOException {
        // This reader stumbles over nothing, whatever the bytes are.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(log), ProcessOutput.platform()))) {
            List<String> words = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line;
                if (BEGINNINGS.stream().anyMatch(text::startsWith)) {
                    words = told(text, lines);
                }
            }
            return words;
        }
    }

    private static List<String> told(String beginning, BufferedReader lines) throws IOException {
        List<String> words = new ArrayList<>();
        words.add("its JVM said: " + plain(beginning));
        boolean reasonTold = false;
        String line = lines.readLine();
        for (int i = 0; i < MAX_LINES && line != null && line.startsWith("#"); i++) {
            if (line.startsWith(FRAME)) {
                add(words, "in: ", lines.readLine());
            } else if (line.startsWith(REPORT)) {
                add(words, "error report: ", lines.readLine());
            } else if (!reasonTold && !plain(line).isEmpty()) {
                add(words, "", line);
                reasonTold = true;
            }
            line = lines.readLine();
        }
        return words;
    }

    private static void add(List<String> words, String what, String line) {
        if (line != null && !plain(line).isEmpty()) {
            words.add("    " + what + plain(line));
        }
    }

    private static String plain(String line) {
        return line.replaceFirst("^#\\s*", "").strip();
    }
}
