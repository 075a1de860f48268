package io.github.ipcharness.maven.check;

import java.util.List;

/** Placeholder. */
public final class History {

    private final String name;
    private final String kind;
    private final List<String> operations;

    private final List<Integer> lines;

    History(String name, String kind, List<String> operations, List<Integer> lines) {
        this.lines = List.copyOf(lines);
        this.name = name;
        this.kind = kind;
        this.operations = List.copyOf(operations);
    }

    public String name() {
        return name;
    }

    public String kind() {
        return kind;
    }

    public int size() {
        return operations.size();
    }

    /** The line of the file that it was read from, from 1; 0 if it was recorded by a run. */
    public int line(int i) {
        return lines.isEmpty() ? 0 : lines.get(i);
    }

    public String describe(int i) {
        return operations.get(i);
    }
}
