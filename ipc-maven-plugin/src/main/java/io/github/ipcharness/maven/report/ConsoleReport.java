package io.github.ipcharness.maven.report;

import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.Statistics;
import io.github.ipcharness.maven.check.Strength;
import io.github.ipcharness.maven.check.Verdict;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import io.github.ipcharness.maven.scenario.ProcessStart;
import io.github.ipcharness.maven.scenario.ProgramSpec;
import io.github.ipcharness.maven.scenario.Scenario;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    private static final int MAX_SINGLE = 3;

    private static final Pattern ELEMENT = Pattern.compile("(.+)\\[(\\d{1,9})\\]");

    private ConsoleReport() {}

    /** What is about to run. How many messages is ours to say only of our own programs. */
    public static String header(Scenario scenario) {
        if (scenario.goal() == Goal.START) {
            return "start " + scenario.id() + ": " + started(scenario);
        }
        String programs =
                scenario.title() + ": " + programs(scenario.producer()) + ", " + programs(scenario.consumer());
        return !scenario.producer().builtIn()
                ? programs
                : programs + ", " + Words.count(scenario.messages(), "message")
                        + (scenario.producer().count() == 1 ? "" : " each");
    }

    /** Which run of several it is. */
    public static String run(Scenario scenario, int run, OptionalInt of) {
        return "  run " + Words.number(run) + (of.isPresent() ? " of " + Words.number(of.getAsInt()) : "")
                + ", ipc.seed " + scenario.seed();
    }

    /** What will be done on purpose, a line each. */
    public static List<String> plan(Scenario scenario) {
        return scenario.faults().stream()
                .map(fault -> "  will " + fault + (fault.drawn() ? ", as drawn from ipc.seed " + scenario.seed() : ""))
                .toList();
    }

    private static String started(Scenario scenario) {
        String programs = scenario.programs().stream()
                .filter(program -> program.count() > 0)
                .map(ConsoleReport::programs)
                .collect(Collectors.joining(", "));
        return programs.isEmpty() ? "a namespace for the tests, and no process" : programs;
    }

    /** What lives on while the build goes on. */
    public static List<String> started(List<ProcessStart> processes) {
        return processes.stream()
                .map(process -> "  " + process.label() + "  pid " + process.pid()
                        + process.ready()
                                .map(after -> "  ready after " + Words.seconds(after))
                                .orElse("  started"))
                .toList();
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
        result.faults().stream()
                .filter(FaultResult::landed)
                .forEach(fault -> lines.add("  fault: " + fault.sentence()));
        alike(result.objects()).forEach(objects -> lines.addAll(describe(objects)));
        if (!result.strength().processes().isEmpty()) {
            lines.add("  strength: " + strength(result));
        }
        return lines;
    }

    /** Whether the run could have found anything. */
    private static String strength(ScenarioResult result) {
        Strength strength = result.strength();
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(strength.overlaps(), "pair") + " of operations of different processes overlapped");
        parts.add("at most " + Words.number(strength.mostOpen()) + " open at once");
        times("wrapped", strength.wraps(), parts);
        times("found empty", strength.empty(), parts);
        times("found full", strength.full(), parts);
        long pending = sum(result.objects(), Statistics::pending);
        if (pending > 0) {
            parts.add(Words.count(pending, "operation") + " pending");
        }
        // If they were of several, no interval would be comparable, which is a problem with a sentence of its own.
        if (result.objects().stream().noneMatch(object -> checks(object).contains(Judge.CLOCK))) {
            parts.add("stamps of one clock, widened by 0 ns");
        }
        return String.join(", ", parts);
    }

    private static void times(String what, long number, List<String> parts) {
        if (number > 0) {
            parts.add(what + " " + Words.count(number, "time"));
        }
    }

    /** Few objects have a line each; of many, those of one kind that went through the same checks share one. */
    private static Collection<List<ObjectResult>> alike(List<ObjectResult> objects) {
        Map<Object, List<ObjectResult>> groups = new LinkedHashMap<>();
        for (ObjectResult object : objects) {
            Object group = objects.size() <= MAX_SINGLE
                    ? object.title()
                    : object.verdict().kind() + checks(object);
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(object);
        }
        return groups.values();
    }

    private static List<String> checks(ObjectResult object) {
        return object.verdict().verdicts().stream()
                .map(Verdict::check)
                .distinct()
                .toList();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Objects of one kind and with the same checks. */
    private static List<String> describe(List<ObjectResult> objects) {
        List<String> lines = new ArrayList<>();
        String kind = objects.get(0).verdict().kind();
        long operations = sum(objects, Statistics::operations);
        long pending = sum(objects, Statistics::pending);
        lines.add("  " + kind + " " + names(objects) + ": " + Words.count(operations, "operation") + " judged"
                + (pending == 0 ? "" : ", " + Words.number(pending) + " of them never returned")
                + ", by: " + String.join(", ", checks(objects.get(0))));
        String throughput = throughput(kind, objects);
        if (!throughput.isEmpty()) {
            lines.add("    " + throughput);
        }
        String missed = missed(objects);
        if (!missed.isEmpty()) {
            lines.add("    " + missed);
        }
        return lines;
    }

    /** In alphabetical order, and the elements of an array as {@code prices[0, 1, 2]}. */
    private static String names(List<ObjectResult> objects) {
        Map<String, TreeSet<Integer>> indices = new TreeMap<>();
        for (ObjectResult object : objects) {
            Matcher element = ELEMENT.matcher(object.verdict().object());
            boolean isElement = element.matches();
            String name = isElement ? element.group(1) : object.verdict().object();
            TreeSet<Integer> known = indices.computeIfAbsent(name, key -> new TreeSet<>());
            if (isElement) {
                known.add(Integer.valueOf(element.group(2)));
            }
        }
        return indices.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue().isEmpty() ? "" : entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static long sum(List<ObjectResult> objects, ToLongFunction<Statistics> figure) {
        return objects.stream()
                .mapToLong(object -> figure.applyAsLong(object.verdict().statistics()))
                .sum();
    }

    /** From the first call of any of them to the last return. */
    private static String throughput(String kind, List<ObjectResult> objects) {
        List<Statistics> active = objects.stream()
                .map(object -> object.verdict().statistics())
                .filter(statistics -> messages(kind, statistics) > 0)
                .toList();
        long number = active.stream()
                .mapToLong(statistics -> messages(kind, statistics))
                .sum();
        long first = active.stream().mapToLong(Statistics::firstCall).min().orElse(0);
        long nanos = active.stream().mapToLong(Statistics::lastReturn).max().orElse(0) - first;
        if (number == 0 || nanos <= 0) {
            return "";
        }
        String noun = NOUNS.get(kind);
        return Words.count(number, noun) + " in " + Words.seconds(nanos) + ": "
                + Words.number(Math.round(number * 1e9 / nanos)) + " " + noun + "s/s";
    }

    private static long messages(String kind, Statistics statistics) {
        return THROUGHPUT.getOrDefault(kind, List.of()).stream()
                .mapToLong(key -> statistics.counts().getOrDefault(key, 0L))
                .sum();
    }

    /** A reader slower than the writer misses values: that is what shared memory means, and no failure. */
    private static String missed(List<ObjectResult> objects) {
        Map<String, Long> missed = new TreeMap<>();
        objects.forEach(object -> object.verdict()
                .statistics()
                .missed()
                .forEach((reader, number) -> missed.merge(reader, number, Long::sum)));
        missed.values().removeIf(number -> number == 0);
        return missed.isEmpty()
                ? ""
                : missed.entrySet().stream()
                                .map(entry -> entry.getKey() + " missed " + Words.number(entry.getValue()))
                                .collect(Collectors.joining(", "))
                        + " of the values written, as a slower reader may";
    }

    /** The last line, if nothing is wrong. */
    public static String passed(ScenarioResult result) {
        return "  PASSED in " + Words.seconds(result.duration());
    }

    /** The last line of several runs. */
    public static String passedAll(ScenarioResult last) {
        return "  PASSED in all of " + Words.count(last.runs(), "run");
    }

    /** What is wrong with a scenario and how to see it again. */
    public static List<String> problems(ScenarioResult result) {
        List<String> lines = new ArrayList<>();
        List<Problem> problems = result.problems();
        problems.forEach(problem -> lines.addAll(describe(problem)));
        boolean told = result.processes().stream().anyMatch(ProcessEnd::failed);
        if (!problems.isEmpty() && !told && !result.processes().isEmpty()) {
            lines.add("    logs: " + logs(result.processes()));
        }
        if (!problems.isEmpty() && result.repeat() != null) {
            lines.add("    repeat: " + result.repeat());
        }
        return lines;
    }

    /** As a shell would expand it: {@code logs/{producer-0,consumer-0}.log}. */
    private static String logs(List<ProcessEnd> processes) {
        String first = processes.get(0).log();
        String name = processes.get(0).label() + ".log";
        List<String> labels = processes.stream().map(ProcessEnd::label).toList();
        return first.substring(0, first.length() - name.length())
                + (labels.size() == 1 ? labels.get(0) : "{" + String.join(",", labels) + "}") + ".log";
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
        return problem.isOfObject()
                ? problem.sentence() + " (" + problem.check() + " of " + problem.where() + ")"
                : problem.sentence();
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
