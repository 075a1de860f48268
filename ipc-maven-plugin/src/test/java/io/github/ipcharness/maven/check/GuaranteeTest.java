package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What weaker promises forgive, and what they do not. */
class GuaranteeTest {

    private static final String REORDERED =
            "order: put(1) by producer had finished 5 ticks before put(2) by producer began,"
                    + " yet consumer got 2 11 ticks before anyone asked for 1 [2, 3, 4, 5]";

    private static History toOneConsumer() {
        return queue(
                "producer put 1 [0, 10]",
                "producer put 2 [15, 20]",
                "consumer get -> 2 [25, 30]",
                "consumer get -> 1 [41, 50]");
    }

    private static History toTwoConsumers() {
        return queue(
                "producer put 1 [0, 10]",
                "producer put 2 [15, 20]",
                "consumer-0 get -> 2 [25, 30]",
                "consumer-1 get -> 1 [41, 50]");
    }

    private static History ofTwoProducers() {
        return queue(
                "producer-0 put 1 [0, 10]",
                "producer-1 put 2 [15, 20]",
                "consumer get -> 2 [25, 30]",
                "consumer get -> 1 [41, 50]");
    }

    @Test
    void linearizableForgivesNothing() {
        assertThat(verdict(toOneConsumer())).isEqualTo(REORDERED);
        assertThat(verdict(toTwoConsumers())).startsWith("order: ");
        assertThat(verdict(ofTwoProducers())).startsWith("order: ");
    }

    @Test
    void producerOrderHoldsForOneProducerAndOneConsumer() {
        assertThat(verdict(toOneConsumer(), Guarantee.PRODUCER_ORDER)).isEqualTo(REORDERED);
        assertThat(verdict(toTwoConsumers(), Guarantee.PRODUCER_ORDER)).isEqualTo("passed");
        assertThat(verdict(ofTwoProducers(), Guarantee.PRODUCER_ORDER)).isEqualTo("passed");
    }

    @Test
    void unorderedForgivesTheOrderOnly() {
        assertThat(verdict(toOneConsumer(), Guarantee.UNORDERED)).isEqualTo("passed");
        assertThat(verdict(
                        queue("producer put 1 [0, 10]", "consumer get -> empty [15, 20]", "consumer get -> 1 [25, 30]"),
                        Guarantee.UNORDERED))
                .startsWith("empty: ");
        assertThat(verdict(queue("consumer get -> 1 [0, 10]"), Guarantee.UNORDERED))
                .startsWith("invented: ");
    }
}
