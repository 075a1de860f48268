package io.github.ipcharness.maven.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Histories whose verdicts are known: small ones by exhaustive search, large ones by independent implementations. */
final class Corpus {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One history of a file.
     *
     * @param expect {@code ok} or {@code violation}
     * @param first the line of its first operation, from 1
     * @param last the line of its last operation
     */
    record Entry(String name, String expect, int first, int last, History history) {

        ObjectVerdict judged() {
            return new Judge(Guarantee.LINEARIZABLE).judge(history);
        }
    }

    private Corpus() {}

    /** Unpacks the file into the folder and reads it: its headers here, its histories as anybody's are read. */
    static List<Entry> read(String file, Path folder) throws IOException {
        Path unpacked = unpack(file, folder);
        List<History> histories = JsonHistories.read(unpacked);
        List<String> lines = Files.readAllLines(unpacked);
        List<Entry> entries = new ArrayList<>();
        int end = lines.size();
        for (int line = lines.size(); line >= 1; line--) {
            JsonNode node = JSON.readTree(lines.get(line - 1));
            if (node.has("history")) {
                String name = node.get("name").asText();
                History history = histories.get(histories.size() - 1 - entries.size());
                entries.add(new Entry(name, node.get("expect").asText(), line + 1, end, history));
                end = line - 1;
            }
        }
        return entries;
    }

    private static Path unpack(String file, Path folder) throws IOException {
        Path unpacked = folder.resolve("corpus.jsonl");
        try (InputStream raw = Corpus.class.getResourceAsStream("corpus/" + file);
                InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            Files.writeString(unpacked, new String(plain.readAllBytes(), StandardCharsets.UTF_8));
        }
        return unpacked;
    }
}
