package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the lines of {@link JsonHistories}. */
final class JsonHistoryWriter {

    private static final JsonFactory JSON = new JsonFactory().setRootValueSeparator("\n");

    private final JsonGenerator json;
    private final History history;

    private JsonHistoryWriter(JsonGenerator json, History history) {
        this.json = json;
        this.history = history;
    }

    static void write(List<History> histories, Path file) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file);
                JsonGenerator json = JSON.createGenerator(writer)) {
            for (History history : histories) {
                new JsonHistoryWriter(json, history).write();
            }
            json.writeRaw('\n');
        }
    }

    private void write() throws IOException {
        header();
        for (int i = 0; i < history.size(); i++) {
            operation(i);
        }
    }

    private void header() throws IOException {
        json.writeStartObject();
        json.writeNumberField("history", 1);
        json.writeStringField("name", history.name());
        json.writeStringField("kind", history.kind());
        if (history.capacity().isPresent()) {
            json.writeNumberField("capacity", history.capacity().getAsLong());
        }
        if (history.drained()) {
            json.writeBooleanField("drained", true);
        }
        if (history.kind().equals(History.VALUE)) {
            json.writeFieldName("initial");
            value(history.initial());
        }
        more();
        json.writeEndObject();
    }

    private void more() throws IOException {
        if (history.type() != ValueType.LONG) {
            json.writeStringField("type", history.type().toString());
        }
        if (history.isNanoseconds()) {
            json.writeStringField("clock", "ns");
        }
        if (history.stalled()) {
            json.writeBooleanField("stalled", true);
        }
        if (history.clockDoubt() != null) {
            json.writeStringField("clockDoubt", history.clockDoubt());
        }
        if (!history.header().participants.isEmpty()) {
            json.writeObjectFieldStart("participants");
            for (Map.Entry<Integer, String> entry :
                    history.header().participants.entrySet()) {
                json.writeStringField(entry.getKey().toString(), entry.getValue());
            }
            json.writeEndObject();
        }
        json.writeObjectFieldStart("alive");
        for (int process = 0; process < history.processes(); process++) {
            json.writeNumberField(history.processName(process), history.lastSeen(process));
        }
        json.writeEndObject();
    }

    private void operation(int i) throws IOException {
        json.writeStartObject();
        json.writeStringField("process", history.by(i));
        json.writeStringField("op", history.operation(i).toString());
        if (history.kind().equals(History.PIPE)) {
            json.writeStringField("end", history.isEndB(i) ? "b" : "a");
        }
        values(i);
        json.writeNumberField("call", history.call(i));
        if (history.isPending(i)) {
            json.writeNullField("return");
        } else {
            json.writeNumberField("return", history.returned(i));
            json.writeStringField("result", history.outcome(i).toString());
        }
        json.writeEndObject();
    }

    private void values(int i) throws IOException {
        Operation operation = history.operation(i);
        switch (operation) {
            case PUT, SEND, WRITE -> message(i);
            case GET, RECEIVE, READ -> {
                if (history.outcome(i) == Outcome.OK) {
                    message(i);
                }
            }
            case CAS -> {
                json.writeFieldName("expect");
                value(history.other(i));
                json.writeFieldName("value");
                value(history.value(i));
            }
            case ADD -> {
                json.writeNumberField("delta", history.other(i));
                if (history.outcome(i) == Outcome.OK) {
                    json.writeNumberField("value", history.value(i));
                }
            }
            case CLOSE, LOCK, UNLOCK -> {
                // No value.
            }
        }
    }

    private void message(int i) throws IOException {
        json.writeFieldName("value");
        value(history.value(i));
        if (history.isShown(i)) {
            json.writeNumberField("shown", history.other(i));
        }
        if (history.sum(i) != 0) {
            json.writeNumberField("sum", history.sum(i));
        }
    }

    private void value(long value) throws IOException {
        if (history.hasTexts() && history.text(value) instanceof String text) {
            json.writeString(text);
        } else {
            json.writeNumber(history.hasTexts() ? (Long) history.text(value) : value);
        }
    }
}
