package io.github.ipcharness.maven.check;

import java.util.List;
import java.util.Optional;

/**
 * What all checks of an object's kind say of its history.
 *
 * @param object the object's name; an array's element is {@code name[3]}
 * @param kind queue, pipe, value or lock
 * @param verdicts one for each check, never empty
 */
public record ObjectVerdict(String object, String kind, List<Verdict> verdicts, Statistics statistics) {

    public ObjectVerdict {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether every check passed; an unknown is no pass. */
    public boolean passed() {
        return verdicts.stream().allMatch(Verdict.Passed.class::isInstance);
    }

    public Optional<Verdict.Violated> firstViolation() {
        return first(Verdict.Violated.class);
    }

    public Optional<Verdict.Unknown> firstUnknown() {
        return first(Verdict.Unknown.class);
    }

    private <T extends Verdict> Optional<T> first(Class<T> type) {
        return verdicts.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
