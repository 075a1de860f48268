package io.github.ipcharness.maven.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link Summary} as JSON.
 *
 * <p>Written and read by Jackson's streams and not by its data binding: the latter takes a quarter of a second to load
 * in each build, as long as half a scenario.
 */
final class SummaryJson {

    private static final JsonFactory JSON = new JsonFactory();

    private SummaryJson() {}

    static void write(Summary summary, Path file) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(file.toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("goal", summary.goal());
            json.writeStringField("id", summary.id());
            json.writeStringField("cell", summary.cell());
            json.writeStringField("outcome", summary.outcome().name());
            json.writeNumberField("finishedMillis", summary.finishedMillis());
            json.writeNumberField("durationMillis", summary.durationMillis());
            json.writeNumberField("runs", summary.runs());
            json.writeNumberField("operations", summary.operations());
            json.writeNumberField("overlaps", summary.overlaps());
            json.writeArrayFieldStart("objects");
            for (Summary.ObjectLine object : summary.objects()) {
                write(object, json);
            }
            json.writeEndArray();
            write("faults", summary.faults(), json);
            json.writeArrayFieldStart("problems");
            for (Problem problem : summary.problems()) {
                write(problem, json);
            }
            json.writeEndArray();
            json.writeStringField("runDirectory", summary.runDirectory());
            json.writeStringField("repeat", summary.repeat());
            json.writeEndObject();
        }
    }

    private static void write(Summary.ObjectLine object, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", object.kind());
        json.writeStringField("name", object.name());
        json.writeNumberField("operations", object.operations());
        json.writeNumberField("pending", object.pending());
        write("checks", object.checks(), json);
        json.writeEndObject();
    }

    private static void write(Problem problem, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("severity", problem.severity().name());
        json.writeStringField("where", problem.where());
        json.writeStringField("check", problem.check());
        json.writeStringField("sentence", problem.sentence());
        write("details", problem.details(), json);
        json.writeEndObject();
    }

    private static void write(String key, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(key);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static Summary read(Path file) throws IOException {
        try (JsonParser json = JSON.createParser(file.toFile())) {
            json.nextToken();
            return summary(map(value(json)));
        } catch (ClassCastException | IllegalArgumentException | NullPointerException e) {
            throw new IOException("not a summary: " + e.getMessage(), e);
        }
    }

    private static Summary summary(Map<?, ?> map) {
        return new Summary(
                text(map, "goal"),
                text(map, "id"),
                text(map, "cell"),
                Summary.Outcome.valueOf(text(map, "outcome")),
                number(map, "finishedMillis"),
                number(map, "durationMillis"),
                number(map, "runs"),
                number(map, "operations"),
                number(map, "overlaps"),
                list(map, "objects").stream().map(SummaryJson::object).toList(),
                texts(map, "faults"),
                list(map, "problems").stream().map(SummaryJson::problem).toList(),
                text(map, "runDirectory"),
                text(map, "repeat"));
    }

    private static Summary.ObjectLine object(Object value) {
        Map<?, ?> map = map(value);
        return new Summary.ObjectLine(
                text(map, "kind"),
                text(map, "name"),
                number(map, "operations"),
                number(map, "pending"),
                texts(map, "checks"));
    }

    private static Problem problem(Object value) {
        Map<?, ?> map = map(value);
        return new Problem(
                Problem.Severity.valueOf(text(map, "severity")),
                text(map, "where"),
                text(map, "check"),
                text(map, "sentence"),
                texts(map, "details"));
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Map<?, ?> map, String key) {
        return (List<?>) map.get(key);
    }

    private static List<String> texts(Map<?, ?> map, String key) {
        return list(map, key).stream().map(String.class::cast).toList();
    }

    private static String text(Map<?, ?> map, String key) {
        return (String) map.get(key);
    }

    private static long number(Map<?, ?> map, String key) {
        return (Long) map.get(key);
    }

    /** The value that begins with the current token: a map, a list, a string, a long or null. */
    private static Object value(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> map = new LinkedHashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                map.put(key, value(json));
            }
            return map;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> list = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                list.add(value(json));
            }
            return list;
        }
        return token == JsonToken.VALUE_NUMBER_INT ? (Object) json.getLongValue() : json.getValueAsString();
    }
}
