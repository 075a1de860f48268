package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads what the processes of a run recorded, one file each, and merges it by object.
 *
 * <p>Stamps are nanoseconds of {@code CLOCK_MONOTONIC}; they can be compared if all files are of one clock (see {@link
 * Clocks}), and if not, the histories say so. Two processes of one label become {@code label} and {@code label#2}.
 */
public final class RunHistories {

    private record Key(String kind, String name, int index, boolean element) {}

    /** What must be known of a name before anything of it is kept. */
    private static final class Extent {
        private int operations;
        /** An object is an array if any process ever used another element than the first. */
        private boolean array;
    }

    private final RunFacts run;
    private final Clocks clocks;
    private final Set<String> killed = new HashSet<>();
    private final Map<Key, HistoryBuilder> builders = new LinkedHashMap<>();
    private final Map<Integer, String> participants = new HashMap<>();
    private final Map<String, Long> lastSeen = new HashMap<>();
    private final Map<String, Extent> extents = new HashMap<>();

    private RunHistories(RunFacts run) {
        this.run = run;
        this.clocks = new Clocks(run);
    }

    /**
     * One history for each object, and for each element of an array, in the order of their first operations.
     *
     * @param directory holds the {@code *.history} files; other files are left alone
     * @param run what is known of the run besides
     * @throws IOException if a file cannot be read or makes no sense, and says which and why
     */
    public static List<History> read(Path directory, RunFacts run) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> file.toString().endsWith(HistoryWriter.SUFFIX))
                    .sorted()
                    .toList();
        }
        RunHistories histories = new RunHistories(run);
        for (Path file : files) {
            histories.survey(HistoryReader.open(file));
        }
        for (Path file : files) {
            histories.new OneFile(file).read();
        }
        return histories.build();
    }

    private void survey(HistoryReader reader) {
        int number = 0;
        Extent extent = null;
        while (reader.next()) {
            if (extent == null || reader.objectNumber() != number) {
                number = reader.objectNumber();
                extent = extents.computeIfAbsent(reader.object().get("name"), unused -> new Extent());
            }
            extent.operations++;
            extent.array |= reader.index() != 0;
        }
    }

    private List<History> build() {
        String doubt = clocks.doubt();
        List<History> histories = new ArrayList<>();
        for (HistoryBuilder builder : builders.values()) {
            builder.header.clockDoubt = doubt;
            builder.header.participants = participants;
            builder.header.killed = killed;
            builder.seenElsewhere(lastSeen);
            histories.add(builder.build());
        }
        return histories;
    }

    private HistoryBuilder builder(Map<String, String> object, int index) {
        String name = object.get("name");
        Extent extent = extents.get(name);
        boolean element = extent.array && object.get("kind").equals(History.VALUE);
        Key key = new Key(object.get("kind"), name, element ? index : 0, element);
        return builders.computeIfAbsent(key, unused -> {
            String shown = element ? name + "[" + index + "]" : name;
            HistoryBuilder builder = new HistoryBuilder(shown, name, key.kind);
            if (!element) {
                builder.reserve(extent.operations);
            }
            builder.header.drained = run.drained();
            builder.header.stalled = run.stalled();
            builder.header.nanoseconds = true;
            if (object.containsKey("capacity")) {
                builder.header.capacity = OptionalLong.of(Long.parseLong(object.get("capacity")));
            }
            if (object.containsKey("type")) {
                builder.header.type = ValueType.parse(object.get("type"));
            }
            if (object.containsKey("initial")) {
                builder.initial(Long.parseLong(object.get("initial")));
            }
            return builder;
        });
    }

    /** The file of one process. */
    private final class OneFile {

        private static final int NONE = -1;

        private final Path file;
        private final HistoryReader reader;
        private final String label;
        private final Map<Long, String> texts = new HashMap<>();
        private final Map<Long, HistoryBuilder> known = new HashMap<>();
        private int record;
        private long last = Long.MIN_VALUE;

        /** Of the object of the last operation, which most often is that of the next, too. */
        private long key;

        private HistoryBuilder builder;
        private Set<Operation> operations;
        private int process;

        OneFile(Path file) throws IOException {
            this.file = file;
            this.reader = HistoryReader.open(file);
            this.label = unique(reader.label());
            lastSeen.put(label, Long.MIN_VALUE);
            participants.putIfAbsent(reader.participant(), label);
            if (run.killed().contains(reader.pid())) {
                killed.add(label);
            }
        }

        private String unique(String wanted) {
            String label = wanted;
            for (int number = 2; lastSeen.containsKey(label); number++) {
                label = wanted + "#" + number;
            }
            return label;
        }

        void read() throws IOException {
            while (reader.next()) {
                record++;
                boolean pending = reader.outcome() == Outcome.PENDING;
                last = Math.max(last, pending ? reader.call() : reader.returned());
                findBuilder();
                Outcome outcome = meaning();
                if (outcome != Outcome.NO_EFFECT) {
                    add(outcome);
                }
            }
            lastSeen.put(label, last);
            clocks.add(label, reader, last);
        }

        private void findBuilder() throws IOException {
            long wanted = (long) reader.objectNumber() << Integer.SIZE | reader.index();
            if (builder != null && key == wanted) {
                return;
            }
            key = wanted;
            process = NONE;
            operations = null;
            builder = known.get(key);
            if (builder == null) {
                try {
                    builder = RunHistories.this.builder(reader.object(), reader.index());
                } catch (IllegalArgumentException e) {
                    throw new IOException("object " + reader.object() + ": " + e.getMessage() + ": " + file, e);
                }
                known.put(key, builder);
            }
        }

        /** The outcome that is judged: a send that found no room or no peer, for one, had no effect. */
        private Outcome meaning() throws IOException {
            Outcome outcome = reader.outcome();
            Operation operation = reader.operation();
            if (outcome == Outcome.NO_EFFECT) {
                return outcome;
            }
            String kind = builder.header.kind;
            operations = operations == null ? Vocabulary.operations(kind) : operations;
            if (!operations.contains(operation)) {
                throw new IOException("operation " + record + ": a " + kind + " has no " + operation + ": " + file);
            }
            if (outcome == Outcome.PENDING || Vocabulary.outcomes(operation).contains(outcome)) {
                return outcome;
            }
            if (outcome == Outcome.CLOSED && operation == Operation.GET) {
                return Outcome.EMPTY;
            }
            if (outcome == Outcome.CLOSED || outcome == Outcome.FULL || outcome == Outcome.EMPTY) {
                return Outcome.NO_EFFECT;
            }
            throw new IOException(
                    "operation " + record + ": " + operation + " cannot end with " + outcome + ": " + file);
        }

        private void add(Outcome outcome) {
            Operation operation = reader.operation();
            process = process == NONE ? builder.process(label) : process;
            builder.add(operation, outcome, process, reader.call(), reader.returned(), record);
            builder.flags((reader.isEndB() ? History.END_B : 0) | (reader.isShown() ? History.SHOWN : 0));
            switch (operation) {
                case PUT, SEND, WRITE -> {
                    value(reader.value());
                    builder.sum(reader.sumIn());
                }
                case GET, RECEIVE, READ -> {
                    if (outcome == Outcome.OK) {
                        value(reader.found());
                        builder.sum(reader.sumOut());
                    }
                }
                case CAS -> {
                    value(reader.value());
                    if (reader.hasTextValues()) {
                        builder.other(text(reader.expected()));
                    } else {
                        builder.other(reader.expected());
                    }
                }
                case ADD -> {
                    builder.value(reader.found());
                    builder.other(reader.value());
                }
                default -> {
                    // Locks and ends of streams have no value.
                }
            }
        }

        private void value(long value) {
            if (reader.isShown()) {
                builder.other(reader.expected());
                builder.value(value);
            } else if (reader.hasTextValues()) {
                builder.value(text(value));
            } else {
                builder.value(value);
            }
        }

        private String text(long number) {
            return texts.computeIfAbsent(number, reader::text);
        }
    }
}
