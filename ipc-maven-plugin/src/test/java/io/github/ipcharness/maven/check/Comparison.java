package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Has many random histories judged, and compares with what is known to be right.
 *
 * @param make a history by random seed
 * @param isWrong whether it is wrong, by exhaustive search
 * @param judge what is tested
 */
record Comparison(Function<Long, Sample> make, Predicate<Sample> isWrong, Function<Sample, ObjectVerdict> judge) {

    /** Set this to compare others than the same ones every day. */
    private static final long FIRST_SEED = Long.getLong("check.seed", 1_000_000);

    /**
     * Asserts that each verdict is right, and, lest this prove nothing, that many histories were wrong, many correct.
     *
     * @param checks each of which has to find something
     */
    void assertAgreement(int histories, String... checks) {
        Set<String> found = ConcurrentHashMap.newKeySet();
        AtomicInteger wrong = new AtomicInteger();
        OptionalLong disagreement = LongStream.range(FIRST_SEED, FIRST_SEED + histories)
                .parallel()
                .filter(seed -> {
                    Sample sample = make.apply(seed);
                    boolean isWrong = this.isWrong.test(sample);
                    wrong.addAndGet(isWrong ? 1 : 0);
                    ObjectVerdict verdict = judge.apply(sample);
                    verdict.firstViolation().ifPresent(violated -> found.add(violated.check()));
                    return disagree(verdict, isWrong);
                })
                .findAny();
        disagreement.ifPresent(seed -> fail("seed " + seed + ": " + explain(shrunk(make.apply(seed)))));
        assertThat(wrong.get()).isBetween(histories / 20, histories - histories / 20);
        assertThat(found).containsExactlyInAnyOrder(checks);
    }

    private static boolean disagree(ObjectVerdict verdict, boolean isWrong) {
        return isWrong ? verdict.firstViolation().isEmpty() : !verdict.passed();
    }

    /** As few of its operations as possible, while there still is a disagreement. */
    private Sample shrunk(Sample sample) {
        for (int i = 0; i < sample.ops().size() && sample.ops().size() > 1; i++) {
            Sample smaller = sample.without(i);
            if (disagree(judge.apply(smaller), isWrong.test(smaller))) {
                return shrunk(smaller);
            }
        }
        return sample;
    }

    private String explain(Sample sample) {
        String truth = isWrong.test(sample) ? "wrong" : "correct";
        return "the history is " + truth + ", the verdict "
                + judge.apply(sample).verdicts() + "\n" + sample.json();
    }
}
