package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Compared with the sort of the library, which is stable, too. */
class IndexSortTest {

    private static final long SEED = 4711;

    @Test
    void shouldSortWhatIsInNoOrder() {
        Random random = new Random(SEED);
        for (int size = 0; size < 200; size++) {
            assertSorted(random.longs(size, -size, size + 1L).toArray());
        }
        assertSorted(random.longs(10_000).toArray());
    }

    @Test
    void shouldMergeWhatIsAlmostSorted() {
        Random random = new Random(SEED);
        for (int files = 1; files < 6; files++) {
            long[] keys = new long[files * 1_000];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = 3L * (i % 1_000) + random.nextInt(20);
            }
            assertSorted(keys);
        }
    }

    @Test
    void shouldBearTheGreatestAndTheLeast() {
        assertSorted(new long[] {Long.MAX_VALUE, 0, Long.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE});
    }

    @Test
    void shouldSortSomeOfTheNumbersOnly() {
        long[] keys = {5, 4, 3, 2, 1};

        assertThat(IndexSort.sort(new int[] {0, 2, 4}, keys.length, i -> keys[i]))
                .containsExactly(4, 2, 0);
    }

    private static void assertSorted(long[] keys) {
        int[] expected = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(i -> i)
                .toArray();

        assertThat(IndexSort.order(keys.length, i -> keys[i])).isEqualTo(expected);
    }
}
