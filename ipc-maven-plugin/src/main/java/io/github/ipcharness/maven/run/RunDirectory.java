package io.github.ipcharness.maven.run;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What stays of a run, and is all that its judges look at.
 *
 * <pre>
 *   histories/      every process's history file
 *   logs/           what each process wrote, {@code producer-0.log}; and its class path, {@code producer-0.args}
 *   exits.json      how each process ended, what faults did, and whether everything sent had to be taken
 * </pre>
 */
public record RunDirectory(Path root) {

    private static final JsonFactory JSON = new JsonFactory();

    public Path histories() {
        return root.resolve("histories");
    }

    private Path logs() {
        return root.resolve("logs");
    }

    Path log(String label) {
        return logs().resolve(label + ".log");
    }

    Path arguments(String label) {
        return logs().resolve(label + ".args");
    }

    private Path exits() {
        return root.resolve("exits.json");
    }

    /** Makes it anew: what an earlier run left is gone. */
    void create() throws IOException {
        Trees.delete(root);
        Files.createDirectories(histories());
        Files.createDirectories(logs());
    }

    public void delete() throws IOException {
        Trees.delete(root);
    }

    void writeExits(RunOutcome outcome) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(exits().toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("drained", outcome.drained());
            json.writeArrayFieldStart("killed");
            for (long pid : outcome.killed()) {
                json.writeNumber(pid);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("faults");
            for (FaultEvent event : outcome.faults()) {
                write(event, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("processes");
            for (ProcessEnd end : outcome.processes()) {
                write(end, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(FaultEvent event, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("fault", event.fault().toString());
        json.writeNumberField("from", event.from());
        json.writeNumberField("to", event.to());
        json.writeStringField("missed", event.missed());
        json.writeEndObject();
    }

    private static void write(ProcessEnd end, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("label", end.label());
        json.writeNumberField("pid", end.pid());
        json.writeNumberField("exitCode", end.exitCode());
        json.writeStringField("exit", end.exit());
        json.writeStringField("problem", end.problem());
        json.writeNumberField("millis", end.millis());
        json.writeStringField("log", end.log());
        json.writeStringField("commandLine", end.commandLine());
        json.writeArrayFieldStart("lastErrors");
        for (String line : end.lastErrors()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Whether at the end of the run everything acknowledged had to be out; false if it cannot be known. */
    public boolean drained() throws IOException {
        return exits("drained", false, JsonParser::getValueAsBoolean);
    }

    /** The ids of the processes that faults have killed. */
    public Set<Long> killed() throws IOException {
        return exits("killed", Set.of(), json -> {
            Set<Long> pids = new HashSet<>();
            while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
                pids.add(json.getLongValue());
            }
            return pids;
        });
    }

    /** Reads the value of one key. */
    private interface Value<T> {
        T read(JsonParser json) throws IOException;
    }

    private <T> T exits(String wanted, T otherwise, Value<T> value) throws IOException {
        if (!Files.exists(exits())) {
            return otherwise;
        }
        try (JsonParser json = JSON.createParser(exits().toFile())) {
            json.nextToken();
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                if (key.equals(wanted)) {
                    return value.read(json);
                }
                json.skipChildren();
            }
            return otherwise;
        }
    }
}
