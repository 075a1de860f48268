package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Statistics;
import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a person reads of a scenario while the build runs, a few lines of it, and at its end, if it failed. */
public final class ConsoleReport {

    /** Operations that say how many messages or values there were, in the order of their telling. */
    private static final Map<String, List<String>> THROUGHPUT = Map.of(
            "queue", List.of("get ok"),
            "pipe", List.of("receive ok"),
            "value", List.of("write ok", "add ok", "cas ok"),
            "lock", List.of("lock ok", "lock recovered"));

    private static final Map<String, String> NOUNS =
            Map.of("queue", "message", "pipe", "message", "value", "update", "lock", "acquisition");

    private ConsoleReport() {}

    /** What is about to run. */
    public static String header(Scenario scenario) {
        return scenario.goal() + " " + scenario.id() + ": " + programs(scenario.producer()) + ", "
                + programs(scenario.consumer()) + ", " + Words.count(scenario.messages(), "message")
                + (scenario.producer().count() == 1 ? "" : " each");
    }

    private static String programs(ProgramSpec program) {
        return Words.count(program.count(), program.role().toString()) + " (" + program.title() + ")";
    }

    /** What ran and what was judged; nothing of what is wrong. */
    public static List<String> body(ScenarioResult result) {
        List<String> lines = new ArrayList<>();
        int width = result.processes().stream()
                .mapToInt(end -> end.label().length())
                .max()
                .orElse(0);
        for (ProcessEnd end : result.processes()) {
            lines.add("  " + padded(end.label(), width) + "  pid " + padded(Long.toString(end.pid()), 7) + "  "
                    + (end.exitCode() == 0 ? "exit 0" : end.exit()) + "  " + Words.seconds(end.millis() * 1_000_000));
        }
        result.objects().forEach(object -> lines.addAll(describe(object)));
        return lines;
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static List<String> describe(ObjectResult object) {
        List<String> lines = new ArrayList<>();
        Statistics statistics = object.verdict().statistics();
        List<String> checks = object.verdict().verdicts().stream()
                .map(Verdict::check)
                .distinct()
                .toList();
        lines.add("  " + object.title() + ": " + Words.count(statistics.operations(), "operation") + " judged"
                + (statistics.pending() == 0
                        ? ""
                        : ", " + Words.number(statistics.pending()) + " of them never returned")
                + ", by: " + String.join(", ", checks));
        String throughput = throughput(object.verdict().kind(), statistics);
        if (!throughput.isEmpty()) {
            lines.add("    " + throughput);
        }
        String missed = missed(statistics);
        if (!missed.isEmpty()) {
            lines.add("    " + missed);
        }
        return lines;
    }

    private static String throughput(String kind, Statistics statistics) {
        long number = THROUGHPUT.getOrDefault(kind, List.of()).stream()
                .mapToLong(key -> statistics.counts().getOrDefault(key, 0L))
                .sum();
        long nanos = statistics.lastReturn() - statistics.firstCall();
        if (number == 0 || nanos <= 0) {
            return "";
        }
        String noun = NOUNS.get(kind);
        return Words.count(number, noun) + " in " + Words.seconds(nanos) + ": "
                + Words.number(Math.round(number * 1e9 / nanos)) + " " + noun + "s/s";
    }

    /** A reader slower than the writer misses values: that is what shared memory means, and no failure. */
    private static String missed(Statistics statistics) {
        Map<String, Long> missed = new TreeMap<>(statistics.missed());
        List<String> parts = new ArrayList<>();
        missed.forEach((reader, number) -> parts.add(reader + " missed " + Words.number(number)));
        return parts.isEmpty() ? "" : String.join(", ", parts) + " of the values written, as a slower reader may";
    }

    /** The last line, if nothing is wrong. */
    public static String passed(ScenarioResult result) {
        return "  PASSED in " + Words.seconds(result.duration());
    }

    /** What is wrong with a scenario and how to see it again. */
    public static List<String> problems(ScenarioResult result) {
        List<String> lines = new ArrayList<>();
        List<Problem> problems = result.problems();
        problems.forEach(problem -> lines.addAll(describe(problem)));
        if (!problems.isEmpty() && !result.processes().isEmpty()) {
            lines.add("    logs: "
                    + String.join(
                            " ",
                            result.processes().stream().map(ProcessEnd::log).toList()));
        }
        if (!problems.isEmpty() && result.repeat() != null) {
            lines.add("    repeat: " + result.repeat());
        }
        return lines;
    }

    private static List<String> describe(Problem problem) {
        List<String> lines = new ArrayList<>();
        String word = switch (problem.severity()) {
            case FAILURE -> "FAILED";
            case ERROR -> "UNKNOWN";
            case WARNING -> "unknown, and tolerated";
        };
        lines.add("  " + word + ": " + sentence(problem));
        problem.details().forEach(detail -> lines.add("    " + detail));
        return lines;
    }

    /** The sentence, and which check of which object says so, unless it is the processes' own. */
    private static String sentence(Problem problem) {
        return problem.where().equals("processes")
                ? problem.sentence()
                : problem.sentence() + " (" + problem.check() + " of " + problem.where() + ")";
    }

    /** The message of the exception that ends the build. */
    static String message(List<Summary> summaries, List<String> complaints) {
        StringBuilder text = new StringBuilder();
        for (Summary summary : summaries) {
            for (Problem problem : summary.problems()) {
                if (problem.fails()) {
                    append(text, summary.title() + ": " + sentence(problem));
                    problem.details().forEach(detail -> text.append("\n    ").append(detail));
                }
            }
            if (summary.problems().stream().anyMatch(Problem::fails)) {
                appendIfKnown(text, "histories and logs", summary.runDirectory());
                appendIfKnown(text, "repeat", summary.repeat());
            }
        }
        complaints.forEach(complaint -> append(text, complaint));
        return text.toString();
    }

    private static void append(StringBuilder text, String line) {
        text.append(text.length() == 0 ? "" : "\n").append(line);
    }

    private static void appendIfKnown(StringBuilder text, String what, String value) {
        if (value != null) {
            text.append("\n    ").append(what).append(": ").append(value);
        }
    }

    /** The same for one scenario that was started by itself. */
    public static String message(ScenarioResult result, Path runDirectory) {
        return message(List.of(Summary.of(result, 0, runDirectory.toString())), List.of());
    }
}
