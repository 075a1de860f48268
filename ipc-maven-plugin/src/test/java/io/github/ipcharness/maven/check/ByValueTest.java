package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Compared with looking at all of them, for questions in any order. */
class ByValueTest {

    private static final long SEED = 4711;

    private final Random random = new Random(SEED);

    @Test
    void shouldFindNeighboursAndStrangersAmongGrowingValues() {
        long[] values = LongStream.range(0, 5_000)
                .map(i -> (i % 3 << 40) + 2 * i)
                .sorted()
                .toArray();

        assertFound(values, values);
        assertFound(values, LongStream.range(-5, 12_000).toArray());
        assertFound(values, random.longs(2_000, -10, 3L << 40).toArray());
    }

    @Test
    void shouldFindScatteredValues() {
        long[] values = random.longs(3_000).toArray();

        assertFound(values, values);
        assertFound(values, random.longs(100).toArray());
    }

    @Test
    void shouldFindTheLastOfEqualValues() {
        assertFound(new long[] {7, 7, 3, 7, 3}, new long[] {3, 7, 5, 3, 7});
    }

    @Test
    void shouldFindNothingAmongNone() {
        assertFound(new long[0], new long[] {0, Long.MIN_VALUE, Long.MAX_VALUE});
    }

    @Test
    void shouldKeepTheOrderOfEqualValuesAmongWhatIsAskable() {
        long[] values = random.longs(1_000, 0, 300).toArray();
        History history = puts(values);
        ByValue byValue = new ByValue(history, all(values));

        int[] askable = byValue.askable(all(values));

        for (int i = 1; i < askable.length; i++) {
            assertThat(history.value(askable[i - 1]) != history.value(askable[i]) || askable[i - 1] < askable[i])
                    .isTrue();
        }
        assertThat(Arrays.stream(askable).sorted())
                .containsExactly(Arrays.stream(all(values)).boxed().toArray(Integer[]::new));
    }

    private static void assertFound(long[] values, long[] questions) {
        ByValue byValue = new ByValue(puts(values), all(values));

        for (long value : questions) {
            int last = values.length - 1;
            while (last >= 0 && values[last] != value) {
                last--;
            }
            int position = byValue.find(value);
            assertThat(position < 0 ? -1 : byValue.at(position)).as("%d", value).isEqualTo(last);
        }
    }

    private static int[] all(long[] values) {
        return IntStream.range(0, values.length).toArray();
    }

    private static History puts(long[] values) {
        HistoryBuilder builder = new HistoryBuilder("orders", "orders", History.QUEUE);
        for (int i = 0; i < values.length; i++) {
            builder.add(Operation.PUT, Outcome.OK, builder.process("p0"), 2L * i, 2L * i + 1, i + 1);
            builder.value(values[i]);
        }
        return builder.build();
    }
}
