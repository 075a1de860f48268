package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Placeholder. */
public final class JsonHistories {

    private JsonHistories() {}

    public static List<History> read(Path file) throws IOException {
        List<History> histories = new ArrayList<>();
        JsonNode header = null;
        List<String> operations = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.has("history")) {
                if (header != null) {
                    histories.add(history(header, operations));
                }
                operations.clear();
                header = node;
            } else {
                operations.add(line);
            }
        }
        if (header == null) {
            throw new IOException("a history begins with a line that has the key history: " + file);
        }
        histories.add(history(header, operations));
        return histories;
    }

    private static History history(JsonNode header, List<String> operations) {
        return new History(header.get("name").asText(), header.get("kind").asText(), operations);
    }
}
