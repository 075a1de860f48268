package io.github.ipcharness.maven.check;

import java.util.Arrays;
import java.util.Objects;

/** What one check says of one history. Doubt is a third value, not success. */
public sealed interface Verdict permits Verdict.Passed, Verdict.Violated, Verdict.Unknown {

    /** The stable, short name of the check: {@code order}, {@code loss}, {@code stale read}, ... */
    String check();

    /**
     * The history keeps the rule.
     *
     * @param what what was judged: "20,000 operations in FIFO order"
     */
    record Passed(String check, String what) implements Verdict {}

    /**
     * The history breaks the rule, whatever instants the operations took effect at.
     *
     * @param sentence the cause, in one sentence
     * @param witness indexes of the operations in the {@link History} that prove it by themselves
     */
    record Violated(String check, String sentence, int[] witness) implements Verdict {

        public Violated {
            witness = witness.clone();
        }

        @Override
        public int[] witness() {
            return witness.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Violated that
                    && check.equals(that.check)
                    && sentence.equals(that.sentence)
                    && Arrays.equals(witness, that.witness);
        }

        @Override
        public int hashCode() {
            return Objects.hash(check, sentence) * 31 + Arrays.hashCode(witness);
        }

        @Override
        public String toString() {
            return "Violated[" + check + ": " + sentence + " " + Arrays.toString(witness) + "]";
        }
    }

    /** Nobody can say, and why. */
    record Unknown(String check, String why) implements Verdict {}
}
