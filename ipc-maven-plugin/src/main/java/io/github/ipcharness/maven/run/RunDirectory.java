package io.github.ipcharness.maven.run;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What stays of a run, and is all that its judges look at.
 *
 * <pre>
 *   histories/      every process's history file
 *   logs/           what each process wrote, {@code producer-0.log}; and its class path, {@code producer-0.args}
 *   exits.json      how the run ended, and each process, and what faults did
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

    public Path exits() {
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

    /** How it ended: not drained after a process failed, stalled if its time was over. */
    record RunEnd(boolean drained, boolean stalled, ClockId clock, long startNanos, long endNanos) {}

    void writeExits(RunEnd end, RunOutcome outcome) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(exits().toFile(), JsonEncoding.UTF8)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("drained", end.drained());
            json.writeBooleanField("stalled", end.stalled());
            json.writeStringField("bootId", end.clock().bootId());
            json.writeNumberField("timeNamespace", end.clock().timeNamespace());
            json.writeNumberField("startNanos", end.startNanos());
            json.writeNumberField("endNanos", end.endNanos());
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
            for (ProcessEnd process : outcome.processes()) {
                write(process, json);
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
}
