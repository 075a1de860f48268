package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that processes share: their bounds, their copies, and the atomicity of each element. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedArraysTest {

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Ipc here;
    private Ipc there;
    private final Threads threads = new Threads();

    @BeforeEach
    void open() {
        here = Ipc.open(home);
        there = Ipc.open(home);
    }

    @AfterEach
    void close() {
        threads.close();
        here.close();
        there.close();
    }

    /** What the four kinds of arrays have in common; their elements as numbers, the user's array being a long's. */
    private interface Elements {
        int length();

        long get(int index);

        void set(int index, long value);

        void get(int index, long[] into, int from, int count);

        void set(int index, long[] source, int from, int count);
    }

    enum ArrayKind {
        LONGS {
            @Override
            Elements open(Ipc ipc, String name, int length) {
                SharedLongArray array = ipc.longArray(name, length);
                return new Elements() {
                    @Override
                    public int length() {
                        return array.length();
                    }

                    @Override
                    public long get(int index) {
                        return array.get(index);
                    }

                    @Override
                    public void set(int index, long value) {
                        array.set(index, value);
                    }

                    @Override
                    public void get(int index, long[] into, int from, int count) {
                        array.get(index, into, from, count);
                    }

                    @Override
                    public void set(int index, long[] source, int from, int count) {
                        array.set(index, source, from, count);
                    }
                };
            }
        },
        INTS {
            @Override
            Elements open(Ipc ipc, String name, int length) {
                SharedIntArray array = ipc.intArray(name, length);
                return new Elements() {
                    @Override
                    public int length() {
                        return array.length();
                    }

                    @Override
                    public long get(int index) {
                        return array.get(index);
                    }

                    @Override
                    public void set(int index, long value) {
                        array.set(index, (int) value);
                    }

                    @Override
                    public void get(int index, long[] into, int from, int count) {
                        int[] copy = Arrays.stream(into).mapToInt(x -> (int) x).toArray();
                        try {
                            array.get(index, copy, from, count);
                        } finally {
                            System.arraycopy(Arrays.stream(copy).asLongStream().toArray(), 0, into, 0, into.length);
                        }
                    }

                    @Override
                    public void set(int index, long[] source, int from, int count) {
                        array.set(
                                index,
                                Arrays.stream(source).mapToInt(x -> (int) x).toArray(),
                                from,
                                count);
                    }
                };
            }
        },
        DOUBLES {
            @Override
            Elements open(Ipc ipc, String name, int length) {
                SharedDoubleArray array = ipc.doubleArray(name, length);
                return new Elements() {
                    @Override
                    public int length() {
                        return array.length();
                    }

                    @Override
                    public long get(int index) {
                        return (long) array.get(index);
                    }

                    @Override
                    public void set(int index, long value) {
                        array.set(index, value);
                    }

                    @Override
                    public void get(int index, long[] into, int from, int count) {
                        double[] copy = Arrays.stream(into).asDoubleStream().toArray();
                        try {
                            array.get(index, copy, from, count);
                        } finally {
                            System.arraycopy(
                                    Arrays.stream(copy).mapToLong(x -> (long) x).toArray(), 0, into, 0, into.length);
                        }
                    }

                    @Override
                    public void set(int index, long[] source, int from, int count) {
                        array.set(index, Arrays.stream(source).asDoubleStream().toArray(), from, count);
                    }
                };
            }
        },
        BYTES {
            @Override
            Elements open(Ipc ipc, String name, int length) {
                SharedByteArray array = ipc.byteArray(name, length);
                return new Elements() {
                    @Override
                    public int length() {
                        return Math.toIntExact(array.length());
                    }

                    @Override
                    public long get(int index) {
                        return array.get(index);
                    }

                    @Override
                    public void set(int index, long value) {
                        array.set(index, (byte) value);
                    }

                    @Override
                    public void get(int index, long[] into, int from, int count) {
                        byte[] copy = bytes(into);
                        try {
                            array.get(index, copy, from, count);
                        } finally {
                            for (int i = 0; i < copy.length; i++) {
                                into[i] = copy[i];
                            }
                        }
                    }

                    @Override
                    public void set(int index, long[] source, int from, int count) {
                        array.set(index, bytes(source), from, count);
                    }
                };
            }
        };

        abstract Elements open(Ipc ipc, String name, int length);

        private static byte[] bytes(long[] longs) {
            byte[] bytes = new byte[longs.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) longs[i];
            }
            return bytes;
        }
    }

    /** Numbers that fit a byte. */
    private static long[] numbers(Random random, int count) {
        return random.longs(count, Byte.MIN_VALUE, Byte.MAX_VALUE + 1).toArray();
    }

    private static long[] all(Elements array) {
        long[] all = new long[array.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = array.get(i);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void eachElementIsZeroAndThenWhatItWasSetTo(ArrayKind kind) {
        Elements mine = kind.open(here, "a", 100);
        Elements theirs = kind.open(there, "a", 100);
        assertThat(mine.length()).isEqualTo(100);
        assertThat(all(theirs)).containsOnly(0);
        long[] numbers = numbers(new Random(1), 100);
        for (int i = 0; i < 100; i++) {
            mine.set(i, numbers[i]);
        }
        assertThat(all(theirs)).isEqualTo(numbers);
    }

    @ParameterizedTest
    @EnumSource
    void anIndexOutsideIsNamedWithTheLength(ArrayKind kind) {
        Elements array = kind.open(here, "a", 7);
        for (int index : new int[] {-1, 7, 8, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MAX_VALUE / 8}) {
            for (Threads.Task task : List.<Threads.Task>of(() -> array.get(index), () -> array.set(index, 1))) {
                assertThatThrownBy(task::run)
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("ndex " + index)
                        .hasMessageContaining("length 7");
            }
        }
        assertThat(all(array)).containsOnly(0);
    }

    @ParameterizedTest
    @EnumSource
    void aRangeOutsideEitherArrayIsNamedAndNothingIsCopied(ArrayKind kind) {
        Elements array = kind.open(here, "a", 40);
        long[] before = numbers(new Random(1), 40);
        array.set(0, before, 0, 40);
        // Index here, length of the user's array, first element there, count.
        int[][] ranges = {
            {-1, 50, 0, 10},
            {31, 50, 0, 10},
            {40, 50, 0, 1},
            {41, 50, 0, 0},
            {0, 50, 0, 41},
            {0, 50, 0, -1},
            {Integer.MAX_VALUE, 50, 0, 2},
            {2, 50, 0, Integer.MAX_VALUE},
            {0, 20, 0, 21},
            {0, 20, -1, 5},
            {0, 20, 16, 20},
            {0, 20, 20, 1},
            {0, 20, 21, 0},
            {0, 20, Integer.MAX_VALUE, 2},
            {0, 0, 0, 1},
        };
        for (int[] range : ranges) {
            long[] users = new long[range[1]];
            Arrays.fill(users, 5);
            for (Threads.Task task : List.<Threads.Task>of(
                    () -> array.get(range[0], users, range[2], range[3]),
                    () -> array.set(range[0], users, range[2], range[3]))) {
                assertThatThrownBy(task::run)
                        .as("%s", Arrays.toString(range))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("" + range[3])
                        .hasMessageMatching(".*length (40|20|0)$");
                assertThat(Arrays.stream(users))
                        .as("%s", Arrays.toString(range))
                        .allMatch(each -> each == 5);
                assertThat(all(array)).as("%s", Arrays.toString(range)).isEqualTo(before);
            }
        }
    }

    @Test
    void theUsersArrayIsNotNull() {
        SharedLongArray longs = here.longArray("a", 4);
        SharedIntArray ints = here.intArray("a", 4);
        SharedDoubleArray doubles = here.doubleArray("a", 4);
        SharedByteArray bytes = here.byteArray("a", 4);
        for (Threads.Task task : List.<Threads.Task>of(
                () -> longs.get(0, null, 0, 0),
                () -> longs.set(0, null, 0, 0),
                () -> ints.get(0, null, 0, 0),
                () -> ints.set(0, null, 0, 0),
                () -> doubles.get(0, null, 0, 0),
                () -> doubles.set(0, null, 0, 0),
                () -> bytes.get(0, null, 0, 0),
                () -> bytes.set(0, null, 0, 0))) {
            assertThatThrownBy(task::run).isInstanceOf(NullPointerException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesOfEveryLengthFromEveryPlaceTouchNothingElse(ArrayKind kind) {
        int length = 300;
        Elements mine = kind.open(here, "a", length);
        Elements theirs = kind.open(there, "a", length);
        Random random = new Random(2);
        long[] model = new long[length];
        for (int i = 0; i < 400; i++) {
            int count = random.nextInt(i % 2 == 0 ? 20 : length + 1);
            int index = random.nextInt(length - count + 1);
            int from = random.nextInt(20);
            long[] source = numbers(random, from + count + random.nextInt(20));
            mine.set(index, source, from, count);
            System.arraycopy(source, from, model, index, count);
            assertThat(all(theirs)).isEqualTo(model);

            long[] into = numbers(random, source.length);
            long[] expected = into.clone();
            System.arraycopy(model, index, expected, from, count);
            theirs.get(index, into, from, count);
            assertThat(into).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLengthIsWithinBounds(ArrayKind kind) {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind.open(here, "a", length))
                    .withMessageContaining("length must be from 1 to ")
                    .withMessageEndingWith(": " + length);
        }
        assertThat(home.toFile().list()).noneMatch(name -> name.contains("array"));
        assertThat(kind.open(here, "a", 1).length()).isEqualTo(1);
    }

    @Test
    void moreBytesThanARegionMayHoldAreRefusedAndMoreThanThereIsRoomForTakeNoRoom() {
        for (long length : new long[] {(1L << 40) - 127, Long.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> here.byteArray("a", length))
                    .withMessage("length must be from 1 to 1099511627648: " + length);
        }
        assertThatExceptionOfType(IpcException.class)
                .isThrownBy(() -> here.byteArray("a", (1L << 40) - 128))
                .withMessageContaining("1099511627776 bytes needed, ")
                .withMessageContaining(" free");
        assertThat(home.toFile().list()).noneMatch(name -> name.contains("array"));
    }

    @Test
    void aMillionElementsAreNoTrouble() {
        SharedDoubleArray mine = here.doubleArray("samples", 1_000_000);
        double[] samples = new Random(3).doubles(1_000_000).toArray();
        mine.set(0, samples, 0, samples.length);
        double[] copy = new double[samples.length];
        there.doubleArray("samples", 1_000_000).get(0, copy, 0, copy.length);
        assertThat(copy).isEqualTo(samples);
    }

    @Test
    void elementsOfOneArrayAreAtomicEachByItself() {
        SharedLongArray longs = here.longArray("a", 3);
        assertThat(longs.getAndAdd(1, Long.MIN_VALUE)).isZero();
        assertThat(longs.getAndAdd(1, -1)).isEqualTo(Long.MIN_VALUE);
        assertThat(longs.compareAndSet(1, 0, 5)).isFalse();
        assertThat(longs.compareAndSet(1, Long.MAX_VALUE, 5)).isTrue();
        assertThat(longs.getAndSet(1, 6)).isEqualTo(5);
        assertThat(longs.incrementAndGet(1)).isEqualTo(7);
        assertThat(new long[] {longs.get(0), longs.get(1), longs.get(2)}).containsExactly(0, 7, 0);

        SharedIntArray ints = here.intArray("a", 3);
        assertThat(ints.getAndAdd(1, Integer.MIN_VALUE)).isZero();
        assertThat(ints.getAndAdd(1, -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(ints.compareAndSet(1, 0, 5)).isFalse();
        assertThat(ints.compareAndSet(1, Integer.MAX_VALUE, -5)).isTrue();
        assertThat(ints.getAndSet(1, 6)).isEqualTo(-5);
        assertThat(ints.incrementAndGet(1)).isEqualTo(7);
        assertThat(new int[] {ints.get(0), ints.get(1), ints.get(2)}).containsExactly(0, 7, 0);

        SharedDoubleArray doubles = here.doubleArray("a", 3);
        assertThat(doubles.compareAndSet(1, -0.0, 1)).isFalse();
        assertThat(doubles.compareAndSet(1, 0.0, Double.NaN)).isTrue();
        assertThat(doubles.compareAndSet(1, Double.NaN, 1.5)).isTrue();
        assertThat(doubles.getAndSet(1, 2.5)).isEqualTo(1.5);
        assertThat(new double[] {doubles.get(0), doubles.get(1), doubles.get(2)})
                .containsExactly(0, 2.5, 0);
    }

    /** Counts in all elements. */
    static void count(String[] args) {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            countIn(ipc, Integer.parseInt(args[1]));
        }
    }

    private static void countIn(Ipc ipc, int times) {
        SharedLongArray longs = ipc.longArray("counts", 4);
        SharedIntArray ints = ipc.intArray("counts", 4);
        SharedDoubleArray doubles = ipc.doubleArray("counts", 4);
        for (int i = 0; i < times; i++) {
            int index = i % 4;
            longs.getAndAdd(index, 3);
            ints.incrementAndGet(index);
            double old;
            do {
                old = doubles.get(index);
            } while (!doubles.compareAndSet(index, old, old + 0.5));
        }
    }

    @Test
    void noUpdateOfAnyProcessOrThreadIsLost() throws Exception {
        int times = 20_000;
        try (Child one = Child.start(SharedArraysTest.class, "count", home, times);
                Child two = Child.start(SharedArraysTest.class, "count", home, times)) {
            List<Future<?>> counting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                counting.add(threads.run(() -> countIn(here, times)));
            }
            for (Future<?> each : counting) {
                Threads.result(each);
            }
            one.awaitEnd();
            two.awaitEnd();
        }
        for (int i = 0; i < 4; i++) {
            assertThat(there.longArray("counts", 4).get(i)).isEqualTo(3L * times);
            assertThat(there.intArray("counts", 4).get(i)).isEqualTo(times);
            assertThat(there.doubleArray("counts", 4).get(i)).isEqualTo(times / 2.0);
        }
    }

    /** Fills the array with one number after the other, each time under the lock. */
    static void fill(String[] args) {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            SharedByteArray array = ipc.byteArray("image", Integer.parseInt(args[1]));
            SharedLock lock = ipc.lock("image");
            byte[] image = new byte[Math.toIntExact(array.length())];
            for (int i = 0; i < Integer.parseInt(args[2]); i++) {
                Arrays.fill(image, (byte) i);
                lock.lock();
                try {
                    array.set(0, image, 0, image.length);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 100_000})
    void underALockACopyIsOfOneInstant(int length) throws Exception {
        SharedByteArray array = here.byteArray("image", length);
        SharedLock lock = here.lock("image");
        byte[] image = new byte[length];
        try (Child child = Child.start(SharedArraysTest.class, "fill", home, length, 2000)) {
            while (child.isAlive()) {
                lock.lock();
                try {
                    array.get(0, image, 0, length);
                } finally {
                    lock.unlock();
                }
                for (byte each : image) {
                    if (each != image[0]) {
                        throw new AssertionError("copied while it was written");
                    }
                }
            }
            child.awaitEnd();
        }
        assertThat(array.get(length - 1)).isEqualTo((byte) 1999);
    }
}
