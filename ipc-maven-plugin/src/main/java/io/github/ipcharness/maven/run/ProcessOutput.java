package io.github.ipcharness.maven.run;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where a process's output goes: its log, byte for byte, and the console, in whole lines that begin with its name. It
 * is the user's, and nothing is read from it. Several streams may write at once; their lines are never mixed.
 */
final class ProcessOutput implements Closeable {

    private static final int LAST_ERRORS = 20;
    private static final int MAX_LINE_BYTES = 1 << 16;
    private static final int MAX_QUIET_LINES = 20_000;

    private final String label;
    private final Consumer<String> console;
    private final OutputStream log;
    private final Charset charset = platform();
    private final Deque<String> lastErrors = new ArrayDeque<>();
    private final List<String> quietLines = new ArrayList<>();
    private boolean quiet;
    private boolean closed;
    private long lastLineNanos = System.nanoTime();
    private long lines;

    ProcessOutput(String label, Path log, Consumer<String> console) throws IOException {
        this.label = label;
        this.console = console;
        this.log = Files.newOutputStream(log);
    }

    static Charset platform() {
        String name = System.getProperty("native.encoding");
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    /** Passes on what the stream has until it ends. */
    void copy(InputStream stream, boolean errors) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try (stream) {
            for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
                int from = 0;
                for (int i = 0; i < length; i++) {
                    if (buffer[i] == '\n' || line.size() + i - from >= MAX_LINE_BYTES) {
                        boolean ends = buffer[i] == '\n';
                        line.write(buffer, from, ends ? i - from : i + 1 - from);
                        pass(line, errors);
                        from = i + 1;
                    }
                }
                line.write(buffer, from, length - from);
            }
        } catch (IOException e) {
            // The process was killed while we read: what it had written until then has been passed on.
        }
        if (line.size() > 0) {
            pass(line, errors);
        }
    }

    private synchronized void pass(ByteArrayOutputStream bytes, boolean errors) {
        String line = bytes.toString(charset);
        lines++;
        lastLineNanos = System.nanoTime();
        if (!closed) {
            bytes.write('\n');
            try {
                bytes.writeTo(log);
            } catch (IOException e) {
                closed = true;
                console.accept("[" + label + "] (no more in its log: " + e.getMessage() + ")");
            }
        }
        bytes.reset();
        String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
        if (errors) {
            lastErrors.addLast(text);
            if (lastErrors.size() > LAST_ERRORS) {
                lastErrors.removeFirst();
            }
        }
        if (!quiet) {
            console.accept("[" + label + "] " + text);
        } else if (quietLines.size() < MAX_QUIET_LINES) {
            quietLines.add(text);
        }
    }

    /** From now on lines go to the log alone. */
    synchronized void quiet() {
        quiet = true;
    }

    /** The lines that have come since it was made quiet, or last asked for them. */
    synchronized List<String> takeQuietLines() {
        List<String> taken = new ArrayList<>(quietLines);
        quietLines.clear();
        return taken;
    }

    synchronized List<String> lastErrors() {
        return new ArrayList<>(lastErrors);
    }

    synchronized long lines() {
        return lines;
    }

    /** For how long there has been no line. */
    synchronized long silentNanos() {
        return System.nanoTime() - lastLineNanos;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            log.close();
        } catch (IOException e) {
            console.accept("[" + label + "] (cannot close its log: " + e.getMessage() + ")");
        }
    }
}
