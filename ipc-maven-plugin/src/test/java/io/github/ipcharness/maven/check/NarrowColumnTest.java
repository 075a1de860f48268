package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NarrowColumnTest {

    private static final long[] VALUES = {
        0, 1, -1, Byte.MAX_VALUE, Byte.MIN_VALUE, 128, Integer.MIN_VALUE, 1L << 31, Long.MIN_VALUE, Long.MAX_VALUE, 7
    };

    @Test
    void shouldKeepWhatWasSetWhileItWidens() {
        NarrowColumn column = new NarrowColumn(2);

        for (int i = 0; i < VALUES.length; i++) {
            column.resize(i + 1);
            column.set(i, VALUES[i]);
            for (int k = 0; k <= i; k++) {
                assertThat(column.get(k)).isEqualTo(VALUES[k]);
            }
        }
    }

    @Test
    void shouldBeZeroWhereNothingWasSet() {
        NarrowColumn column = new NarrowColumn(3);
        column.set(1, 1L << 40);

        assertThat(column.get(0)).isZero();
        assertThat(column.get(2)).isZero();
    }

    @Test
    void shouldKeepLaterValuesWhenAnEarlierOneIsReplaced() {
        NarrowColumn column = new NarrowColumn(3);
        column.set(2, 5);
        column.set(0, 1_000);

        assertThat(column.get(2)).isEqualTo(5);
    }
}
