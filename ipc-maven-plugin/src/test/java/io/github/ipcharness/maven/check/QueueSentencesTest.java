package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is said of a wrong queue: the rule, the sentence, the lines that prove it. */
class QueueSentencesTest {

    private static final String DRAINED = "{'history':1,'name':'orders','kind':'queue','drained':true}";
    private static final String FOR_ONE = "{'history':1,'name':'orders','kind':'queue','capacity':1}";
    private static final String FOR_TWO = "{'history':1,'name':'orders','kind':'queue','capacity':2}";

    @Test
    void invented() {
        assertThat(verdict(queue("producer put 1 [0, 10]", "consumer get -> 7 [20, 30]")))
                .isEqualTo("invented: consumer got 7, which nobody ever put in [3]");
    }

    @Test
    void inventedSeveralTimes() {
        assertThat(verdict(queue("consumer get -> 7 [10, 15]", "consumer get -> 8 [20, 30]")))
                .isEqualTo("invented: consumer got 7, which nobody ever put in (and 1 more) [2]");
    }

    @Test
    void gotBeforeItWasPut() {
        assertThat(verdict(queue("producer put 1 [50, 60]", "consumer get -> 1 [20, 30]")))
                .isEqualTo("invented: consumer got 1 20 ticks before put(1) by producer began [2, 3]");
    }

    @Test
    void gotThoughItWasRefused() {
        assertThat(verdict(queue("producer put 1 -> full [0, 10]", "consumer get -> 1 [20, 30]")))
                .isEqualTo("invented: consumer got 1, although put(1) by producer was refused as full [2, 3]");
    }

    @Test
    void duplicateToOneConsumer() {
        assertThat(verdict(
                        queue("producer put 1 [0, 10]", "consumer get -> 1 [55, 1065]", "consumer get -> 1 [20, 30]")))
                .isEqualTo("duplicate: consumer got 1 twice, the second time 1,035 ticks later [3, 4]");
    }

    @Test
    void duplicateToTwoConsumers() {
        assertThat(verdict(queue(
                        "producer put 1 [0, 10]", "consumer-0 get -> 1 [20, 30]", "consumer-1 get -> 1 [25, 35]")))
                .isEqualTo("duplicate: 1 came out twice: consumer-0 got it, and consumer-1 got it again 5 ticks later"
                        + " [3, 4]");
    }

    @Test
    void order() {
        assertThat(verdict(queue(
                        "producer put 1 [0, 10]",
                        "producer put 2 [15, 20]",
                        "consumer get -> 2 [25, 30]",
                        "consumer get -> 1 [41, 50]")))
                .isEqualTo("order: put(1) by producer had finished 5 ticks before put(2) by producer began,"
                        + " yet consumer got 2 11 ticks before anyone asked for 1 [2, 3, 4, 5]");
    }

    @Test
    void orderOfNanosecondsIsToldInLargerUnits() {
        assertThat(verdict(history(
                        "{'history':1,'name':'orders','kind':'queue','clock':'ns'}",
                        "producer-0 put 1 [0, 10]",
                        "producer-1 put 2 [1510, 2000]",
                        "consumer get -> 2 [2500, 3000]",
                        "consumer get -> 1 [330003000, 330004000]")))
                .isEqualTo("order: put(1) by producer-0 had finished 1.5 us before put(2) by producer-1 began,"
                        + " yet consumer got 2 330 ms before anyone asked for 1 [2, 3, 4, 5]");
    }

    @Test
    void overtakenAndNeverGot() {
        assertThat(verdict(queue("producer put 1 [0, 10]", "producer put 2 [15, 20]", "consumer get -> 2 [25, 30]")))
                .isEqualTo("order: put(1) by producer had finished 5 ticks before put(2) by producer began,"
                        + " yet consumer got 2, and nobody ever got 1 [2, 3, 4]");
    }

    @Test
    void overtakenAndPerhapsTakenByAnUnfinishedGet() {
        assertThat(verdict(queue(
                        "producer put 1 [0, 10]",
                        "producer put 2 [15, 20]",
                        "consumer-0 get -> 2 [25, 30]",
                        "consumer-1 get [33, ...]")))
                .isEqualTo("order: put(1) by producer had finished 5 ticks before put(2) by producer began,"
                        + " yet consumer-0 got 2 3 ticks before anyone who may have taken 1 asked [2, 3, 4, 5]");
    }

    @Test
    void anUnfinishedPutHadHappenedWhenItsValueWasGot() {
        assertThat(verdict(queue(
                        "producer-0 put 1 [0, ...]",
                        "consumer-0 get -> 1 [41, 60]",
                        "consumer-1 get -> empty [70, 75]",
                        "producer-1 put 2 [61, 64]",
                        "consumer-0 get -> 2 [80, 85]")))
                .isEqualTo("empty: get by consumer-1 found the queue empty although 2 was in: put(2) by producer-1 had"
                        + " finished 6 ticks before, and nobody asked for it until 5 ticks after [4, 5, 6]");
    }

    @Test
    void emptyThoughAValueWasIn() {
        assertThat(verdict(queue(
                        "producer put 1 [0, 10]", "consumer get -> empty [15, 20]", "consumer get -> 1 [25, 30]")))
                .isEqualTo("empty: get by consumer found the queue empty although 1 was in: put(1) by producer had"
                        + " finished 5 ticks before, and nobody asked for it until 5 ticks after [2, 3, 4]");
    }

    @Test
    void emptyThoughAValueWasInForEver() {
        assertThat(verdict(queue("producer put 1 [0, 10]", "consumer get -> empty [15, 20]")))
                .isEqualTo("empty: get by consumer found the queue empty although 1 was in: put(1) by producer had"
                        + " finished 5 ticks before, and nobody ever got it [2, 3]");
    }

    @Test
    void emptyThoughAlwaysOneOrTheOtherWasIn() {
        assertThat(verdict(queue(
                        "producer put 1 [0, 10]",
                        "consumer-1 get -> empty [15, 60]",
                        "producer put 2 [11, 20]",
                        "consumer-0 get -> 1 [25, 30]",
                        "consumer-0 get -> 2 [65, 70]")))
                .isEqualTo("empty: get by consumer-1 found the queue empty although at every instant of it one of"
                        + " 2 values was in, first 1: put(1) by producer had finished 5 ticks before; then 2:"
                        + " put(2) by producer had finished 5 ticks before anyone asked for 1 [2, 3, 4, 5, 6]");
    }

    @Test
    void loss() {
        assertThat(verdict(history(
                        DRAINED,
                        "producer put 1 [0, 10]",
                        "producer put 2 [11, 12]",
                        "producer put 3 [13, 14]",
                        "consumer get -> 1 [20, 30]")))
                .isEqualTo("loss: put(2) by producer was acknowledged, everything was drained, and nobody got it"
                        + " (and 1 more) [3]");
    }

    @Test
    void lossOfMoreThanUnfinishedGetsMayHaveTaken() {
        assertThat(verdict(history(
                        DRAINED, "producer put 1 [0, 10]", "producer put 2 [11, 12]", "consumer get [20, ...]")))
                .isEqualTo("loss: put(1) by producer was acknowledged, everything was drained, and nobody got it"
                        + " (2 values are missing, and only 1 unfinished call may have taken one) [2, 3, 4]");
    }

    @Test
    void whatAnUnfinishedGetMayHaveTakenIsNotLost() {
        assertThat(verdict(history(DRAINED, "producer put 1 [0, 10]", "consumer get [20, ...]")))
                .isEqualTo("passed");
    }

    @Test
    void overFull() {
        assertThat(verdict(history(
                        FOR_TWO,
                        "producer-0 put 1 [0, 10]",
                        "producer-0 put 2 [11, 12]",
                        "producer-1 put 3 [13, 14]",
                        "consumer get -> 1 [20, 30]",
                        "consumer get -> 2 [31, 32]",
                        "consumer get -> 3 [34, 35]")))
                .isEqualTo("capacity: when put(3) by producer-1 had finished, 3 values were in (1, 2, 3) and none of"
                        + " them was asked for until 6 ticks later, but the capacity is 2 [2, 3, 4, 5, 6, 7]");
    }

    @Test
    void fullThoughItWasNot() {
        assertThat(verdict(history(
                        FOR_TWO,
                        "producer-0 put 1 [0, 10]",
                        "producer-1 put 3 -> full [13, 14]",
                        "consumer get -> 1 [20, 30]")))
                .isEqualTo("full: put(3) by producer-1 was refused as full after 1 tick, but at no instant of that can"
                        + " more than 1 of 2 places have been taken [3]");
    }

    @Test
    void whatOnlyASearchFinds() {
        assertThat(verdict(history(
                        FOR_ONE,
                        "a put 1 [0, 100]",
                        "b get -> 1 [10, 100]",
                        "c put 5 -> full [20, 30]",
                        "d get -> empty [31, 40]",
                        "c put 6 -> full [45, 50]")))
                .isEqualTo("linearizable: no order of the operations fits a queue of capacity 1: it fails by"
                        + " put(6) -> full by c at the latest [2, 3, 6]");
    }

    @Test
    void whatMustBeLeftInABoundedQueue() {
        assertThat(verdict(history(
                        "{'history':1,'name':'orders','kind':'queue','capacity':1,'drained':true}",
                        "a put 1 [0, ...]",
                        "b put 2 -> full [10, 100]",
                        "c put 3 [110, 120]",
                        "d get [60, ...]")))
                .isEqualTo("linearizable: no order of the operations fits a queue of capacity 1 in which nothing that"
                        + " was acknowledged is left in the end [2, 4, 5]");
    }

    @Test
    void valuesPutTwiceCannotBeJudged() {
        assertThat(verdict(queue("producer-0 put 1 [0, 10]", "producer-1 put 1 [15, 20]")))
                .isEqualTo("Optional[Unknown[check=distinct, why=the value 1 went in twice (put(1) by producer-0 and"
                        + " put(1) by producer-1): a queue's values must be distinct to be judged]]");
    }
}
