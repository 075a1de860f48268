package io.github.ipcharness.maven.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Histories short enough to be read, one operation a line:
 * <pre>
 *   producer put 17 [0, 10]             consumer get -> 17 [20, 30]       consumer get -> empty [40, 50]
 *   writer cas 3 4 -> miss [0, 10]      writer add 1 -> 5 [0, 10]         reader read [60, ...] (never returned)
 *   client@a send 17 [0, 10]            server@b receive -> closed [20, 30]
 * </pre>
 * They are turned into JSON Lines, the header being line 1, and read as anybody's are.
 */
final class Notation {

    private static final Pattern LINE =
            Pattern.compile("(?<process>[^ @]+)(@(?<end>[ab]))? (?<op>[a-z]+)(?<args>( -?\\d+)*)( -> (?<result>\\S+))?"
                    + " \\[(?<call>-?\\d+), (?<return>-?\\d+|\\.\\.\\.)]");

    private Notation() {}

    static History queue(String... lines) {
        return history("{'history':1,'name':'orders','kind':'queue'}", lines);
    }

    static History pipe(String... lines) {
        return history("{'history':1,'name':'chat','kind':'pipe'}", lines);
    }

    static History value(String... lines) {
        return history("{'history':1,'name':'total','kind':'value'}", lines);
    }

    static History lock(String... lines) {
        return history("{'history':1,'name':'guard','kind':'lock'}", lines);
    }

    /** @param header JSON, but with single quotes */
    static History history(String header, String... lines) {
        StringBuilder json = new StringBuilder(header.replace('\'', '"')).append('\n');
        for (String line : lines) {
            json.append(json(line)).append('\n');
        }
        return read(json.toString()).get(0);
    }

    static List<History> read(String json) {
        try {
            Path file = Files.createTempFile("history", ".jsonl");
            try {
                Files.writeString(file, json);
                return JsonHistories.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a line of a history: " + line);
        }
        boolean pending = parts.group("return").equals("...");
        StringBuilder json = new StringBuilder("{");
        put(json, "process", quoted(parts.group("process")));
        put(json, "op", quoted(parts.group("op")));
        if (parts.group("end") != null) {
            put(json, "end", quoted(parts.group("end")));
        }
        args(json, parts.group("op"), parts.group("args").trim().split(" "));
        put(json, "call", parts.group("call"));
        put(json, "return", pending ? "null" : parts.group("return"));
        if (!pending) {
            result(json, parts.group("result"));
        }
        json.setCharAt(json.length() - 1, '}');
        return json.toString();
    }

    private static void args(StringBuilder json, String op, String[] args) {
        switch (op) {
            case "put", "send", "write" -> put(json, "value", args[0]);
            case "add" -> put(json, "delta", args[0]);
            case "cas" -> {
                put(json, "expect", args[0]);
                put(json, "value", args[1]);
            }
            default -> {
                // Nothing goes in.
            }
        }
    }

    private static void result(StringBuilder json, String result) {
        boolean isValue = result != null && result.matches("-?\\d+");
        if (isValue) {
            put(json, "value", result);
        }
        put(json, "result", quoted(isValue || result == null ? "ok" : result));
    }

    private static void put(StringBuilder json, String key, String value) {
        json.append(quoted(key)).append(':').append(value).append(',');
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** What the first violation says, and in which lines: {@code order: ... [2, 3, 4, 5]}; else what all verdicts say. */
    static String verdict(History history) {
        return verdict(history, Guarantee.LINEARIZABLE);
    }

    static String verdict(History history, Guarantee guarantee) {
        ObjectVerdict verdict = new Judge(guarantee).judge(history);
        return verdict.firstViolation()
                .map(violated -> violated.check() + ": " + violated.sentence() + " " + lines(history, violated))
                .orElseGet(() ->
                        verdict.passed() ? "passed" : verdict.firstUnknown().toString());
    }

    private static List<Integer> lines(History history, Verdict.Violated violated) {
        return IntStream.of(violated.witness())
                .map(history::line)
                .sorted()
                .boxed()
                .toList();
    }
}
