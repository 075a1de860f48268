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
        List<Integer> lines = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            JsonNode node = new ObjectMapper().readTree(line);
            if (node.has("history")) {
                if (header != null) {
                    histories.add(history(header, operations, lines));
                }
                operations.clear();
                lines.clear();
                header = node;
            } else {
                operations.add(node.get("op").asText() + " "
                        + node.get("result").asText() + " " + node.get("value").asText());
                lines.add(number);
            }
        }
        if (header == null) {
            throw new IOException("a history begins with a line that has the key history: " + file);
        }
        histories.add(history(header, operations, lines));
        return histories;
    }

    private static History history(JsonNode header, List<String> operations, List<Integer> lines) {
        return new History(header.get("name").asText(), header.get("kind").asText(), operations, lines);
    }
}
