package io.github.ipcharness.ipc.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of the bench's, what it has written, and its end. */
final class Child implements AutoCloseable {

    private static final int LIMIT_SECONDS = 120;
    private static final int LAST_LINES = 12;

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Deque<String> errors = new ArrayDeque<>();
    private final Thread out;
    private final Thread err;

    private Child(Process process) {
        this.process = process;
        this.out = pump(process.inputReader(StandardCharsets.UTF_8), false);
        this.err = pump(process.errorReader(StandardCharsets.UTF_8), true);
    }

    static Child start(List<String> command) throws IOException {
        return new Child(new ProcessBuilder(command).start());
    }

    private Thread pump(BufferedReader reader, boolean isError) {
        Thread thread = new Thread(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    add(line, isError);
                }
            } catch (IOException e) {
                add("(no more: " + e.getMessage() + ")", true);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private synchronized void add(String line, boolean isError) {
        if (!isError) {
            lines.add(line);
            return;
        }
        errors.add(line);
        if (errors.size() > LAST_LINES) {
            errors.remove();
        }
    }

    long pid() {
        return process.pid();
    }

    /** What it has said so far in lines that begin with this word, without it. */
    synchronized List<String> said(String word) {
        return lines.stream()
                .filter(line -> line.startsWith(word + " "))
                .map(line -> line.substring(word.length() + 1))
                .toList();
    }

    /** Fails if it has ended, though it was to go on. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw failed("ended with exit code " + process.exitValue());
        }
    }

    /** Waits for its end, and returns the numbers that it said, by its words. */
    double number(String word) throws InterruptedException {
        awaitEnd();
        List<String> said = said(word);
        if (said.isEmpty()) {
            throw failed("did not say " + word);
        }
        return Double.parseDouble(said.get(said.size() - 1));
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw failed("had not ended after " + LIMIT_SECONDS + " s");
        }
        out.join();
        err.join();
        if (process.exitValue() != 0) {
            throw failed("ended with exit code " + process.exitValue());
        }
    }

    private synchronized IllegalStateException failed(String how) {
        return new IllegalStateException(how + errors.stream().reduce("", (all, line) -> all + "; " + line));
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.waitFor();
        out.join();
        err.join();
    }
}
