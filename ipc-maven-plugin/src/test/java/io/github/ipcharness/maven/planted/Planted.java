package io.github.ipcharness.maven.planted;

import io.github.ipcharness.maven.check.Guarantee;
import io.github.ipcharness.maven.check.RunFacts;
import java.util.Set;

/**
 * A program over some transport, and what the judge must say of its history.
 *
 * @param violated the check that must be the first to be violated; null if the program is right, however odd
 * @param drained whether at its end everything acknowledged has to be out
 * @param stalled whether the time is over before it ends
 */
record Planted(String name, String violated, Guarantee guarantee, boolean drained, boolean stalled, Script script) {

    /** What the processes do. */
    @FunctionalInterface
    interface Script {
        void play(Stage stage) throws Exception;
    }

    static Planted broken(String name, String violated, Script script) {
        return new Planted(name, violated, Guarantee.LINEARIZABLE, true, false, script);
    }

    static Planted legal(String name, Script script) {
        return new Planted(name, null, Guarantee.LINEARIZABLE, true, false, script);
    }

    /** The same under a weaker guarantee. */
    Planted under(Guarantee weaker) {
        return new Planted(name, violated, weaker, drained, stalled, script);
    }

    /** The same, ended in the middle: what was not taken is not missed. */
    Planted undrained() {
        return new Planted(name, violated, guarantee, false, stalled, script);
    }

    /** The same, for which the time is over before it ends. */
    Planted outOfTime() {
        return new Planted(name, violated, guarantee, false, true, script);
    }

    RunFacts facts() {
        return new RunFacts(drained, stalled, null, 0, 0, Set.of());
    }
}
