package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of a wrong value: the rule, the sentence, the lines that prove it. */
class ValueSentencesTest {

    @Test
    void staleThoughAnotherWriteHadFinished() {
        assertThat(verdict(value("writer write 1 [0, 10]", "writer write 2 [20, 30]", "reader read -> 1 [41, 50]")))
                .isEqualTo("stale read: read -> 1 by reader is stale: the value was 1 already before write(2) by"
                        + " writer began, and write(2) by writer had finished 11 ticks before that read began"
                        + " [2, 3, 4]");
    }

    @Test
    void staleInitialValue() {
        assertThat(verdict(value("writer write 1 [0, 10]", "reader read -> 0 [41, 50]")))
                .isEqualTo("stale read: read -> 0 by reader is stale: write(1) by writer had finished 31 ticks before"
                        + " it began [2, 3]");
    }

    @Test
    void staleInitialValueAfterANewerOneWasSeen() {
        assertThat(verdict(value(
                        "writer write 1 [0, ...]",
                        "fast read -> 1 [5, 10]",
                        "slow read -> 0 [12, 20]",
                        "fast read -> 1 [21, 25]")))
                .isEqualTo("stale read: read -> 0 by slow is stale: read -> 1 by fast had finished 2 ticks before it"
                        + " began, and that is the newer value [2, 3, 4]");
    }

    @Test
    void staleThoughAnotherReaderHadSeenTheNewerValue() {
        assertThat(verdict(value(
                        "writer write 1 [0, 10]",
                        "writer write 2 [20, 60]",
                        "fast read -> 2 [22, 30]",
                        "slow read -> 1 [40, 50]")))
                .isEqualTo("stale read: read -> 1 by slow is stale: the value was 1 already before read -> 2 by fast"
                        + " began, and read -> 2 by fast had finished 10 ticks before that read began [2, 3, 4, 5]");
    }

    @Test
    void oneOfTwoIsStale() {
        assertThat(verdict(value(
                        "w0 write 1 [0, 40]",
                        "w1 write 2 [0, 40]",
                        "r0 read -> 1 [5, 10]",
                        "r1 read -> 2 [5, 10]",
                        "r0 read -> 1 [50, 55]",
                        "r1 read -> 2 [50, 60]")))
                .isEqualTo("stale read: 1 and 2 had both been there when read -> 1 by r0 and read -> 2 by r1 began:"
                        + " one of the two is stale [2, 3, 4, 5, 6, 7]");
    }

    @Test
    void torn() {
        assertThat(verdict(value(
                        "writer write 1 [0, 10]", "reader read -> 4294967296 [40, 50]", "reader read -> 7 [60, 70]")))
                .startsWith("torn: read -> ")
                .contains(" by reader found a value that nobody ever wrote (around it: write(1) by writer):"
                        + " torn or invented (and 1 more)");
    }

    @Test
    void readBeforeItWasWritten() {
        assertThat(verdict(value("reader read -> 1 [0, 10]", "writer write 1 [40, 50]")))
                .isEqualTo("torn: read -> 1 by reader had finished 30 ticks before write(1) by writer began [2, 3]");
    }

    @Test
    void lostUpdate() {
        assertThat(verdict(value(
                        "a add 1 -> 0 [0, 10]",
                        "b add 1 -> 1 [13, 20]",
                        "c add 2 -> 1 [24, 30]",
                        "d read -> 2 [33, 40]")))
                .isEqualTo("lost update: add(1) by b and add(2) by c both found 1, the second 10 ticks later:"
                        + " one update is lost [3, 4]");
    }

    @Test
    void gap() {
        assertThat(verdict(value("a add 1 -> 0 [0, 10]", "b add 1 -> 5 [13, 20]")))
                .isEqualTo("lost update: add(1) by b found 5, but add(1) by a, which found 0, left 1, and nobody's add"
                        + " found that [2, 3]");
    }

    @Test
    void gapAtTheBeginning() {
        assertThat(verdict(value("b add 1 -> 5 [13, 20]")))
                .isEqualTo("lost update: add(1) by b found 5, but the counter began with 0, and nobody's add found"
                        + " that [2]");
    }

    @Test
    void aGapMayBeFilledByAnUnfinishedAdd() {
        assertThat(verdict(value("a add 5 [0, ...]", "b add 1 -> 5 [13, 20]"))).isEqualTo("passed");
        assertThat(verdict(value("a add 2 [0, ...]", "b add 1 -> 1 [13, 20]")))
                .isEqualTo("lost update: no order of add(1) -> 1 by b and add(2) by a, open with it, fits: before it"
                        + " the value can only have been 0 or 2 [2, 3]");
    }

    @Test
    void aValueThatTheCounterNeverHad() {
        assertThat(verdict(value("b add 3 -> 0 [13, 20]", "r read -> 2 [17, 22]")))
                .isEqualTo("torn: read -> 2 by r found a value that the counter never had [3]");
    }

    @Test
    void staleCounter() {
        assertThat(verdict(value("b add 3 -> 0 [13, 20]", "r read -> 0 [27, 32]")))
                .isEqualTo("stale read: read -> 0 by r began 7 ticks after add(3) -> 0 by b had finished, yet found the"
                        + " older value [2, 3]");
    }

    @Test
    void addsAgainstTheOrderOfTime() {
        assertThat(verdict(value("b add 3 -> 3 [13, 20]", "c add 3 -> 0 [27, 32]")))
                .isEqualTo("stale read: add(3) -> 0 by c began 7 ticks after add(3) -> 3 by b had finished, yet found"
                        + " the older value [2, 3]");
    }

    @Test
    void compareAndSetOfWhatIsNoLongerThere() {
        assertThat(verdict(value("a cas 0 1 [0, 10]", "b cas 0 2 [13, 20]")))
                .isEqualTo("lost update: cas(0 -> 2) by b cannot be, 3 ticks after cas(0 -> 1) by a had finished:"
                        + " before it the value can only have been 1 [2, 3]");
    }

    @Test
    void twoOfOneAtTheSameTime() {
        assertThat(verdict(value("a cas 0 1 [0, 10]", "b cas 0 2 [5, 20]")))
                .isEqualTo("lost update: cas(0 -> 2) by b cannot be: before it the value can only have been 1 [2, 3]");
    }

    @Test
    void missedThoughItWasThere() {
        assertThat(verdict(value("a cas 0 1 -> miss [0, 10]")))
                .isEqualTo("linearizable: cas(0 -> 1) -> miss by a cannot be: before it the value can only have been"
                        + " 0 [2]");
    }

    @Test
    void staleAmongCompareAndSets() {
        assertThat(verdict(value("a cas 0 1 [0, 10]", "b write 2 [20, 30]", "c read -> 1 [40, 50]")))
                .isEqualTo("stale read: read -> 1 by c cannot be, 10 ticks after write(2) by b had finished: before it"
                        + " the value can only have been 2 [3, 4]");
    }

    @Test
    void staleThoughTheSameValueWasWrittenAgain() {
        assertThat(verdict(
                        value("a write 1 [0, 10]", "b write 2 [20, 30]", "a write 1 [32, 34]", "c read -> 2 [40, 50]")))
                .isEqualTo("stale read: read -> 2 by c cannot be, 6 ticks after write(1) by a had finished: before it"
                        + " the value can only have been 1 [4, 5]");
    }

    @Test
    void countingDown() {
        assertThat(verdict(value("a add 5 -> 0 [0, 10]", "b add -3 -> 0 [20, 30]")))
                .isEqualTo("lost update: add(-3) -> 0 by b cannot be, 10 ticks after add(5) -> 0 by a had finished:"
                        + " before it the value can only have been 5 [2, 3]");
    }
}
