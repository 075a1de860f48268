package io.github.ipcharness.maven.run;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What stays of a run, and is all that its judges look at.
 *
 * <pre>
 *   histories/      every process's history file
 *   logs/           what each process wrote, {@code producer-0.log}; and its class path, {@code producer-0.args}
 *   exits.json      how each process ended, whether everything sent had to be taken, whether the run stalled
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

    void writeExits(boolean drained, boolean stalled, List<ProcessEnd> ends) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(exits().toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("drained", drained);
            json.writeBooleanField("stalled", stalled);
            json.writeArrayFieldStart("processes");
            for (ProcessEnd end : ends) {
                write(end, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
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
        return flag("drained");
    }

    /** Whether the time was over before the processes had ended; false if it cannot be known. */
    public boolean stalled() throws IOException {
        return flag("stalled");
    }

    private boolean flag(String name) throws IOException {
        if (!Files.exists(exits())) {
            return false;
        }
        try (JsonParser json = JSON.createParser(exits().toFile())) {
            json.nextToken();
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                json.nextToken();
                if (key.equals(name)) {
                    return json.getValueAsBoolean(false);
                }
                json.skipChildren();
            }
            return false;
        }
    }
}
