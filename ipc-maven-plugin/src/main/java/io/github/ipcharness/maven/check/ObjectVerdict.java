package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.Optional;

/** Placeholder. */
public record ObjectVerdict(String object, String kind, List<Verdict> verdicts, Statistics statistics) {

    public boolean passed() {
        return verdicts.stream().allMatch(verdict -> verdict instanceof Verdict.Passed);
    }

    public Optional<Verdict.Violated> firstViolation() {
        return verdicts.stream()
                .filter(Verdict.Violated.class::isInstance)
                .map(Verdict.Violated.class::cast)
                .findFirst();
    }

    public Optional<Verdict.Unknown> firstUnknown() {
        return verdicts.stream()
                .filter(Verdict.Unknown.class::isInstance)
                .map(Verdict.Unknown.class::cast)
                .findFirst();
    }
}
