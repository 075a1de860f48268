package io.github.ipcharness.maven.check;

/** Placeholder. */
public enum Guarantee {
    LINEARIZABLE,
    PRODUCER_ORDER,
    UNORDERED;

    public static Guarantee parse(String text) {
        return switch (text) {
            case "linearizable" -> LINEARIZABLE;
            case "producerOrder" -> PRODUCER_ORDER;
            case "unordered" -> UNORDERED;
            default ->
                throw new IllegalArgumentException(
                        "guarantee must be linearizable, producerOrder or unordered: " + text);
        };
    }
}
