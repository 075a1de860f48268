package io.github.ipcharness.maven.check;

/** How much of the order a queue promises. */
public enum Guarantee {
    /** First in, first out, over all producers and consumers: the queue is linearizable. */
    LINEARIZABLE("linearizable"),
    /** What one producer put, any one consumer gets in that order. */
    PRODUCER_ORDER("producerOrder"),
    /** Nothing is lost, doubled or invented; the order is free. */
    UNORDERED("unordered");

    private final String word;

    Guarantee(String word) {
        this.word = word;
    }

    /** @throws IllegalArgumentException if it is none of the three words, and says which there are */
    public static Guarantee parse(String text) {
        for (Guarantee guarantee : values()) {
            if (guarantee.word.equals(text)) {
                return guarantee;
            }
        }
        throw new IllegalArgumentException(
                "guarantee must be linearizable, producerOrder or unordered: " + (text == null ? "null" : text));
    }

    /** The word of the configuration. */
    @Override
    public String toString() {
        return word;
    }
}
