package io.github.ipcharness.maven.check;

/** Placeholder. */
public sealed interface Verdict permits Verdict.Passed, Verdict.Violated, Verdict.Unknown {
    String check();

    record Passed(String check, String what) implements Verdict {}

    record Violated(String check, String sentence, int[] witness) implements Verdict {}

    record Unknown(String check, String why) implements Verdict {}
}
