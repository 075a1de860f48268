package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.Operation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Placeholder. */
public final class RunHistories {

    private RunHistories() {}

    public static List<History> read(Path directory, boolean drained) throws IOException {
        Map<Map.Entry<String, String>, List<String>> objects = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".history")).sorted().forEach(file -> read(file, objects));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        List<History> histories = new ArrayList<>();
        objects.forEach(
                (object, lines) -> histories.add(new History(object.getKey(), object.getValue(), lines, List.of())));
        return histories;
    }

    private static void read(Path file, Map<Map.Entry<String, String>, List<String>> objects) {
        try {
            HistoryReader reader = HistoryReader.open(file);
            while (reader.next()) {
                objects.computeIfAbsent(
                                Map.entry(
                                        reader.object().get("name"),
                                        reader.object().get("kind")),
                                key -> new ArrayList<>())
                        .add(reader.operation() + " " + reader.outcome() + " "
                                + (reader.operation() == Operation.GET ? reader.found() : reader.value()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
