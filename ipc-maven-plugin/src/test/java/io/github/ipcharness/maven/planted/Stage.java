package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.RunHistories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Where a planted program plays: a namespace that records, in which each "process" is a participant with a history file
 * of its own, as in a run. Judged is what then stands on disk, by the code of the goals.
 */
final class Stage implements AutoCloseable {

    static final String QUEUE = "orders";

    /** What one process does, in a thread of its own. */
    @FunctionalInterface
    interface Part {
        void play() throws Exception;
    }

    private final Path home;
    private final Path histories;
    private final List<Ipc> processes = new ArrayList<>();
    private final Map<String, Integer> roles = new HashMap<>();

    Stage(Path parent) throws IOException {
        home = Files.createTempDirectory(parent, "stage");
        histories = Files.createDirectory(home.resolve("histories"));
    }

    /** A new process; the second producer is {@code producer-1}. Killed is one that does nothing any more. */
    Recorder process(String role, String object, Kind kind) {
        int index = roles.merge(role, 1, Integer::sum) - 1;
        System.setProperty("ipc.role", role);
        System.setProperty("ipc.index", Integer.toString(index));
        try {
            Ipc ipc = Ipc.open(home);
            processes.add(ipc);
            return ipc.recorder(object, kind);
        } finally {
            System.clearProperty("ipc.role");
            System.clearProperty("ipc.index");
        }
    }

    QueueEnd producer(PlainQueue queue) {
        return new QueueEnd(process("producer", QUEUE, Kind.QUEUE), queue);
    }

    QueueEnd consumer(PlainQueue queue) {
        return new QueueEnd(process("consumer", QUEUE, Kind.QUEUE), queue);
    }

    /**
     * Promises how many values the queue has room for. A recorder has no word for that, so a file of its own says so, in
     * a call without effect; it is the first by name, and the first file's word counts.
     */
    void promiseCapacity(int capacity) {
        try (HistoryWriter writer = HistoryWriter.open(histories, "0-promise", 0)) {
            int queue = writer.define(Kind.QUEUE.toString(), QUEUE, "capacity", Integer.toString(capacity));
            writer.end(writer.begin(Operation.PUT, queue, 0, 0, 0, 0, 0), Outcome.NO_EFFECT);
        }
    }

    /** Plays the parts at the same time and waits for all of them. */
    static void together(List<Part> parts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            List<Callable<Void>> calls = new ArrayList<>();
            for (Part part : parts) {
                calls.add(() -> {
                    part.play();
                    return null;
                });
            }
            for (Future<Void> played : threads.invokeAll(calls)) {
                played.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Waits until the clock has moved, so that what follows comes after all that has returned. */
    static void tick() {
        long now = System.nanoTime();
        while (System.nanoTime() == now) {
            Thread.onSpinWait();
        }
    }

    List<ObjectVerdict> judge(Planted planted) throws IOException {
        end();
        Judge judge = new Judge(planted.guarantee());
        List<ObjectVerdict> verdicts = new ArrayList<>();
        for (History history : RunHistories.read(histories, planted.facts())) {
            verdicts.add(judge.judge(history));
        }
        return verdicts;
    }

    private void end() {
        processes.forEach(Ipc::close);
        processes.clear();
    }

    @Override
    public void close() throws IOException {
        end();
        try (Stream<Path> all = Files.walk(home)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
