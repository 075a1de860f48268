package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSortTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 16, 17, 33, 100, 1000, 4097})
    void smallerKeysFirstAndEqualOnesInTheirOldOrder(int size) {
        SplittableRandom random = new SplittableRandom(size);
        long[] keys = random.longs(size, -5, 6)
                .map(key -> key == 5 ? Long.MAX_VALUE : key == -5 ? Long.MIN_VALUE : key)
                .toArray();

        assertThat(IndexSort.order(size, i -> keys[i]))
                .containsExactly(IntStream.range(0, size)
                        .boxed()
                        .sorted(Comparator.comparingLong(i -> keys[i]))
                        .mapToInt(i -> i)
                        .toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 1000})
    void someOfManyNumbers(int size) {
        int[] odd = IntStream.range(0, size).filter(i -> i % 2 == 1).toArray();

        assertThat(IndexSort.sort(odd, size, i -> -i))
                .containsExactly(
                        IntStream.iterate(size - 1, i -> i > 0, i -> i - 2).toArray());
    }
}
