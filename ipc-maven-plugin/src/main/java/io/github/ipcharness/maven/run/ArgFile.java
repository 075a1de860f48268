package io.github.ipcharness.maven.run;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the file behind {@code java @file}: a class path may be longer than a command line.
 *
 * <p>The launcher takes the file's bytes for what would have stood on the command line, so they are in the encoding of
 * the platform's file names, not in that of its texts.
 */
final class ArgFile {

    private ArgFile() {}

    static void write(Path file, List<String> arguments) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            text.append(quote(argument)).append('\n');
        }
        Files.write(file, text.toString().getBytes(fileNames(text)));
    }

    private static Charset fileNames(CharSequence text) {
        String name = System.getProperty("sun.jnu.encoding");
        if (name != null && Charset.isSupported(name)) {
            Charset charset = Charset.forName(name);
            if (charset.newEncoder().canEncode(text)) {
                return charset;
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** Inside quotes a backslash escapes, and white space and {@code #} are only themselves. */
    static String quote(String argument) {
        return '"'
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + '"';
    }
}
