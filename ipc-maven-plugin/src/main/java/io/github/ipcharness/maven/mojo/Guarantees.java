package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.check.Guarantee;
import io.github.ipcharness.maven.scenario.InvalidScenarioException;

/** The parameter ipc.guarantee. */
final class Guarantees {

    private Guarantees() {}

    static Guarantee parse(String text) {
        try {
            return Guarantee.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidScenarioException("ipc." + e.getMessage());
        }
    }
}
