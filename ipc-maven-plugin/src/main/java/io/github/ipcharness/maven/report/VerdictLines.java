package io.github.ipcharness.maven.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@code ipc:check} says of each history: a line of {@code verdicts.jsonl}, and a line of the console.
 *
 * <p>A history that names several objects is judged by object, and has one line: that of its worst object.
 */
public final class VerdictLines {

    /** The verdict of one history. Its fields, in this order, are the keys of a line. */
    public record Line(String name, String verdict, String check, String reason, List<Integer> witness) {

        public boolean ok() {
            return verdict.equals("ok");
        }

        public boolean violated() {
            return verdict.equals("violation");
        }

        /** For the console. */
        @Override
        public String toString() {
            return name + ": " + verdict + " (" + check + "): " + reason
                    + (witness.isEmpty() ? "" : " " + (witness.size() == 1 ? "line " : "lines ") + witness);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Key, Lines> histories = new LinkedHashMap<>();

    /** Two files may hold histories of one name, and so may one file. */
    private record Key(String source, int number, String name) {}

    /** What is said of one history so far. */
    private static final class Lines {
        private Line worst;
        private long operations;
        private int objects;

        void add(Line line, long more) {
            worst = worst == null || rank(line) > rank(worst) ? line : worst;
            operations += more;
            objects++;
        }

        Line line() {
            return !worst.ok()
                    ? worst
                    : new Line(
                            worst.name,
                            worst.verdict,
                            worst.check,
                            Words.count(operations, "operation") + (objects == 1 ? "" : " on " + objects + " objects")
                                    + " judged",
                            List.of());
        }
    }

    /** @param source what tells histories of one name apart, such as their file */
    public void add(String source, History history, ObjectVerdict verdict) {
        histories
                .computeIfAbsent(new Key(source, history.number(), history.source()), unused -> new Lines())
                .add(line(history, verdict), verdict.statistics().operations());
    }

    private static int rank(Line line) {
        return line.ok() ? 0 : line.violated() ? 2 : 1;
    }

    private static Line line(History history, ObjectVerdict verdict) {
        String name = history.source();
        String object = name.equals(history.name()) ? "" : history.name() + ": ";
        Optional<Verdict.Violated> violated = verdict.firstViolation();
        if (violated.isPresent()) {
            Verdict.Violated violation = violated.get();
            List<Integer> witness = new ArrayList<>();
            for (int operation : violation.witness()) {
                int line = history.line(operation);
                if (line > 0) {
                    witness.add(line);
                }
            }
            return new Line(name, "violation", violation.check(), object + violation.sentence(), witness);
        }
        return verdict.firstUnknown()
                .map(unknown -> new Line(name, "unknown", unknown.check(), object + unknown.why(), List.of()))
                .orElseGet(() -> new Line(
                        name,
                        "ok",
                        verdict.verdicts().stream().map(Verdict::check).collect(Collectors.joining(", ")),
                        "",
                        List.of()));
    }

    public List<Line> lines() {
        return histories.values().stream().map(Lines::line).toList();
    }

    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        StringBuilder text = new StringBuilder();
        for (Line line : lines()) {
            text.append(json(line)).append('\n');
        }
        Files.writeString(directory.resolve("verdicts.jsonl"), text);
    }

    private static String json(Line line) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("name", line.name());
        keys.put("verdict", line.verdict());
        keys.put("check", line.check());
        keys.put("reason", line.reason());
        keys.put("witness", line.witness());
        try {
            return JSON.writeValueAsString(keys);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
