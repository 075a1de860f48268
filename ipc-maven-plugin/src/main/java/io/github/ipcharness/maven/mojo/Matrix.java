package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.scenario.InvalidScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** All combinations in which a scenario is to run: a JDK for each side, and a mode for both. */
final class Matrix {

    private static final Map<String, List<String>> MODES = new LinkedHashMap<>();

    static {
        MODES.put("default", List.of());
        MODES.put("interpreted", List.of("-Xint"));
        MODES.put("c1", List.of("-XX:TieredStopAtLevel=1"));
        MODES.put("c2", List.of("-XX:-TieredCompilation"));
    }

    private Matrix() {}

    /**
     * @param only the name of the one that is wanted; null for all
     * @throws InvalidScenarioException if a parameter is wrong
     */
    static List<Cell> cells(List<String> jdks, List<String> jvmModes, String only, Jdks known) {
        Map<String, Path> javas = new LinkedHashMap<>();
        for (String jdk : wanted(jdks)) {
            add("ipc.jdks", Jdks.name(jdk), known.find("ipc.jdks", jdk), javas);
        }
        Map<String, List<String>> modes = new LinkedHashMap<>();
        for (String mode : wanted(jvmModes)) {
            add("ipc.jvmModes", modeName(mode), mode(mode), modes);
        }
        return select(cross(javas, modes), only);
    }

    private static List<String> wanted(List<String> texts) {
        return texts == null
                ? List.of()
                : texts.stream()
                        .filter(text -> text != null && !text.isBlank())
                        .map(String::trim)
                        .toList();
    }

    private static <T> void add(String parameter, String name, T value, Map<String, T> to) {
        if (to.putIfAbsent(name, value) != null) {
            throw new InvalidScenarioException(parameter + " must have different names, and two are called " + name);
        }
    }

    private static List<String> mode(String text) {
        if (text.startsWith("-")) {
            return List.of(text.split("\\s+"));
        }
        if (!MODES.containsKey(text)) {
            throw new InvalidScenarioException("ipc.jvmModes must be of " + String.join(", ", MODES.keySet())
                    + ", or JVM options such as -XX:+UseZGC: " + text);
        }
        return MODES.get(text);
    }

    /** Of options what can be told apart in the name of a file: {@code XX_UseZGC}. */
    private static String modeName(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}._]+", "_").replaceAll("^_|_$", "");
    }

    private static List<Cell> cross(Map<String, Path> javas, Map<String, List<String>> modes) {
        List<Cell> pairs = new ArrayList<>();
        javas.forEach((producer, javaOfProducer) -> javas.forEach((consumer, javaOfConsumer) ->
                pairs.add(new Cell(producer + "-to-" + consumer, javaOfProducer, javaOfConsumer, null))));
        if (pairs.isEmpty()) {
            pairs.add(new Cell("", null, null, null));
        }
        if (modes.isEmpty()) {
            return pairs;
        }
        List<Cell> cells = new ArrayList<>();
        for (Cell pair : pairs) {
            modes.forEach((name, mode) -> cells.add(new Cell(
                    pair.name() + (pair.name().isEmpty() ? "" : "+") + name, pair.producer(), pair.consumer(), mode)));
        }
        return cells;
    }

    private static List<Cell> select(List<Cell> cells, String only) {
        if (only == null || only.isBlank()) {
            return cells;
        }
        List<Cell> found =
                cells.stream().filter(cell -> cell.name().equals(only.trim())).toList();
        if (found.isEmpty()) {
            throw new InvalidScenarioException("ipc.cell must be one of "
                    + cells.stream().map(Cell::name).collect(Collectors.joining(", ")) + ": " + only);
        }
        return found;
    }
}
