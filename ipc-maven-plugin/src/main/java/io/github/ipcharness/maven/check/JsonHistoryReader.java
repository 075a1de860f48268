package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the lines of {@link JsonHistories}. */
final class JsonHistoryReader {

    private final Path file;
    private final List<History> histories = new ArrayList<>();
    /** The history that is open. */
    private JsonLine header;

    private int opened;
    private String name;
    private String kind;
    private Set<Operation> operations;
    private boolean timeoutsHaveNoEffect;
    private Map<String, HistoryBuilder> builders = new LinkedHashMap<>();
    private Map<String, Long> lastSeen = new HashMap<>();

    JsonHistoryReader(Path file) {
        this.file = file;
    }

    List<History> read() throws IOException {
        try (JsonLines lines = new JsonLines(file)) {
            JsonLine line = new JsonLine(file);
            while (lines.next(line)) {
                line(line);
                // A header is kept for the operations that follow.
                line = line == header ? new JsonLine(file) : line;
            }
        }
        if (header == null) {
            throw new IOException(file + ": no line has the key \"history\", so it holds no history");
        }
        close();
        return histories;
    }

    private void line(JsonLine line) throws IOException {
        if (line.has("history")) {
            if (header != null) {
                close();
            }
            open(line);
        } else if (header == null) {
            throw line.error("history", "in the first line");
        } else {
            operation(line);
        }
    }

    private void open(JsonLine line) throws IOException {
        if (line.integer("history") != 1) {
            throw line.error("history", "1, the version of the format");
        }
        header = line;
        opened++;
        name = line.string("name");
        kind = line.string("kind");
        if (!History.KINDS.contains(kind)) {
            throw line.error("kind", "queue, pipe, value or lock");
        }
        operations = Vocabulary.operations(kind);
        timeoutsHaveNoEffect =
                line.hasValue("timeouts") && line.string("timeouts").equals("noEffect");
        builders = new LinkedHashMap<>();
        lastSeen = line.hasValue("alive") ? line.map("alive", Long.class) : new HashMap<>();
        // Checked now, so that an error names this line even if no operation follows.
        configured(new HistoryBuilder(name, name, kind));
    }

    private HistoryBuilder configured(HistoryBuilder builder) throws IOException {
        History.HistoryHeader to = builder.header;
        to.number = opened - 1;
        if (header.hasValue("capacity")) {
            long capacity = header.integer("capacity");
            if (capacity < 1) {
                throw header.error("capacity", "at least 1");
            }
            to.capacity = OptionalLong.of(capacity);
        }
        to.drained = header.hasValue("drained") && header.bool("drained");
        to.nanoseconds = header.hasValue("clock") && header.string("clock").equals("ns");
        to.stalled = header.hasValue("stalled") && header.bool("stalled");
        to.clockDoubt = header.hasValue("clockDoubt") ? header.string("clockDoubt") : null;
        if (header.hasValue("initial")) {
            if (header.isString("initial")) {
                builder.initial(header.string("initial"));
            } else {
                builder.initial(header.integer("initial"));
            }
        }
        try {
            to.type = header.hasValue("type") ? ValueType.parse(header.string("type")) : ValueType.LONG;
            if (header.hasValue("participants")) {
                to.participants = new HashMap<>();
                for (Map.Entry<String, String> entry :
                        header.map("participants", String.class).entrySet()) {
                    to.participants.put(Integer.valueOf(entry.getKey()), entry.getValue());
                }
            }
        } catch (NumberFormatException e) {
            throw header.error("participants", "an object with numbers for keys");
        } catch (IllegalArgumentException e) {
            throw header.error("type", "long, int, double, boolean or message");
        }
        return builder;
    }

    private void close() throws IOException {
        if (builders.isEmpty()) {
            builders.put(name, configured(new HistoryBuilder(name, name, kind)));
        }
        for (HistoryBuilder builder : builders.values()) {
            builder.seenElsewhere(lastSeen);
            histories.add(builder.build());
        }
    }

    private HistoryBuilder builder(JsonLine line) throws IOException {
        String object = name;
        if (line.hasValue("object") && !line.string("object").equals(name)) {
            object = name + "/" + line.string("object");
        }
        if (kind.equals(History.VALUE) && line.hasValue("index")) {
            object += "[" + line.integer("index") + "]";
        }
        HistoryBuilder builder = builders.get(object);
        if (builder == null) {
            builder = configured(new HistoryBuilder(object, name, kind));
            builders.put(object, builder);
        }
        return builder;
    }

    private void operation(JsonLine line) throws IOException {
        String process = line.string("process");
        Operation operation = word(line, "op", operations);
        long call = line.integer("call");
        if (!line.has("return")) {
            throw line.error("return", "a 64-bit integer, or null if the operation never returned");
        }
        boolean pending = !line.hasValue("return");
        long returned = pending ? Long.MAX_VALUE : line.integer("return");
        if (returned < call || !pending && returned == Long.MAX_VALUE) {
            throw line.error("return", "at least \"call\" (" + call + ") and less than " + Long.MAX_VALUE);
        }
        Outcome outcome = pending ? Outcome.PENDING : outcome(line, operation);
        lastSeen.merge(process, pending ? call : returned, Math::max);
        HistoryBuilder builder = builder(line);
        boolean timedOut = outcome == Outcome.EMPTY && operation != Operation.LOCK;
        if (!(timedOut && timeoutsHaveNoEffect)) {
            builder.add(operation, outcome, builder.process(process), call, returned, line.number());
            values(line, operation, outcome, builder);
        }
    }

    /** An operation that can only succeed need not say so. */
    private static Outcome outcome(JsonLine line, Operation operation) throws IOException {
        Set<Outcome> allowed = Vocabulary.outcomes(operation);
        return allowed.size() == 1 && !line.has("result") ? Outcome.OK : word(line, "result", allowed);
    }

    private static <E extends Enum<E>> E word(JsonLine line, String key, Set<E> allowed) throws IOException {
        if (line.hasValue(key)) {
            String found = line.string(key);
            for (E word : allowed) {
                // Every one is said as it is written.
                if (word.toString().equals(found)) {
                    return word;
                }
            }
        }
        throw line.error(key, allowed.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(" or ")));
    }

    private static void values(JsonLine line, Operation operation, Outcome outcome, HistoryBuilder builder)
            throws IOException {
        switch (operation) {
            case PUT, WRITE -> value(line, builder);
            case GET, READ -> {
                if (outcome == Outcome.OK) {
                    value(line, builder);
                }
            }
            case SEND -> {
                end(line, builder);
                value(line, builder);
            }
            case RECEIVE -> {
                end(line, builder);
                if (outcome == Outcome.OK) {
                    value(line, builder);
                }
            }
            case CLOSE -> end(line, builder);
            case CAS -> {
                value(line, builder);
                other(line, builder);
            }
            case ADD -> {
                builder.other(line.integer("delta"));
                if (outcome == Outcome.OK) {
                    builder.value(line.integer("value"));
                }
            }
            case LOCK, UNLOCK -> {
                // No value.
            }
        }
    }

    private static void value(JsonLine line, HistoryBuilder builder) throws IOException {
        if (line.isString("value")) {
            builder.value(line.string("value"));
        } else {
            builder.value(line.integer("value"));
        }
        if (line.hasValue("shown")) {
            builder.flags(History.SHOWN);
            builder.other(line.integer("shown"));
        }
        if (line.hasValue("sum")) {
            builder.sum((int) line.integer("sum"));
        }
    }

    private static void other(JsonLine line, HistoryBuilder builder) throws IOException {
        if (line.isString("expect")) {
            builder.other(line.string("expect"));
        } else {
            builder.other(line.integer("expect"));
        }
    }

    private static void end(JsonLine line, HistoryBuilder builder) throws IOException {
        String end = line.string("end");
        if (!end.equals("a") && !end.equals("b")) {
            throw line.error("end", "\"a\" or \"b\"");
        }
        builder.flags(end.equals("b") ? History.END_B : 0);
    }
}
