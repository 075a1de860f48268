package io.github.ipcharness.maven.planted;

import io.github.ipcharness.maven.check.Guarantee;

/**
 * A program over some transport, and what the judge must say of its history.
 *
 * @param violated the check that must be the first to be violated; null if the program is right, however odd
 * @param drained whether at its end everything acknowledged has to be out
 */
record Planted(String name, String violated, Guarantee guarantee, boolean drained, Script script) {

    /** What the processes do. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage) throws Exception;
    }

    static Planted broken(String name, String violated, Script script) {
        return new Planted(name, violated, Guarantee.LINEARIZABLE, true, script);
    }

    static Planted legal(String name, Script script) {
        return new Planted(name, null, Guarantee.LINEARIZABLE, true, script);
    }

    /** The same under a weaker guarantee. */
    Planted under(Guarantee weaker) {
        return new Planted(name, violated, weaker, drained, script);
    }

    /** The same, ended in the middle: what was not taken is not missed. */
    Planted undrained() {
        return new Planted(name, violated, guarantee, false, script);
    }
}
