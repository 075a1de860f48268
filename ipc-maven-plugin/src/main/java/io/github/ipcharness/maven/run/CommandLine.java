package io.github.ipcharness.maven.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is started.
 *
 * @param environment besides what this process has
 */
record CommandLine(List<String> command, Map<String, String> environment, Path directory, Path home) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    /** The line that does the same in a shell; the run's namespace is gone by then, so it is made again. */
    String shellLine() {
        StringBuilder line = new StringBuilder("mkdir -p -m 700 ")
                .append(quote(home.toString()))
                .append(" && cd ")
                .append(quote(directory.toString()))
                .append(" && env");
        new TreeMap<>(environment).forEach((name, value) -> line.append(' ').append(quote(name + "=" + value)));
        command.forEach(word -> line.append(' ').append(quote(word)));
        return line.toString();
    }

    private static String quote(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
