package io.github.ipcharness.maven.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.ipcharness.maven.scenario.ProcessEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stays of a run, and is all that its judges look at.
 *
 * <pre>
 *   histories/      every process's history file
 *   logs/           what each process wrote, {@code producer-0.log}; and its class path, {@code producer-0.args}
 *   exits.json      how each process ended, and whether everything sent had to be taken
 * </pre>
 */
public record RunDirectory(Path root) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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

    void writeExits(boolean drained, List<ProcessEnd> ends) throws IOException {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("drained", drained);
        content.put("processes", ends);
        JSON.writeValue(exits().toFile(), content);
    }

    /** Whether at the end of the run everything acknowledged had to be out; false if it cannot be known. */
    public boolean drained() throws IOException {
        if (!Files.exists(exits())) {
            return false;
        }
        JsonNode content = JSON.readTree(exits().toFile());
        return content.path("drained").asBoolean(false);
    }
}
