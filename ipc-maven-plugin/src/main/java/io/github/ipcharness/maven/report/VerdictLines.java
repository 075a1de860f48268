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

    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** @param source what tells histories of one name apart, such as their file */
    public void add(String source, History history, ObjectVerdict verdict) {
        Line line = line(history, verdict);
        lines.merge(source + '\n' + history.name(), line, (a, b) -> rank(b) > rank(a) ? b : a);
    }

    private static int rank(Line line) {
        return line.ok() ? 0 : line.violated() ? 2 : 1;
    }

    private static Line line(History history, ObjectVerdict verdict) {
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
            return new Line(history.name(), "violation", violation.check(), violation.sentence(), witness);
        }
        return verdict.firstUnknown()
                .map(unknown -> new Line(history.name(), "unknown", unknown.check(), unknown.why(), List.of()))
                .orElseGet(() -> ok(history, verdict));
    }

    private static Line ok(History history, ObjectVerdict verdict) {
        List<String> checks = new ArrayList<>();
        verdict.verdicts().forEach(passed -> checks.add(passed.check()));
        String reason = Words.count(verdict.statistics().operations(), "operation") + " judged";
        return new Line(history.name(), "ok", String.join(", ", checks), reason, List.of());
    }

    public List<Line> lines() {
        return List.copyOf(lines.values());
    }

    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        StringBuilder text = new StringBuilder();
        for (Line line : lines.values()) {
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
