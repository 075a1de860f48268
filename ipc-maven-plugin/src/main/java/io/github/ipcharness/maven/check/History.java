package io.github.ipcharness.maven.check;

import java.util.List;

/** Placeholder. */
public final class History {

    private final String name;
    private final String kind;
    private final List<String> operations;

    History(String name, String kind, List<String> operations) {
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

    public String describe(int i) {
        return operations.get(i);
    }
}
