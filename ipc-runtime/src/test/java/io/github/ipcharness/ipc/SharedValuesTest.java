package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, and wide values: each operation happens at one instant, for every process. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedValuesTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);
    private static final int WIDE = 4096;

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

    private Child child(String method, Object... args) {
        List<Object> all = new ArrayList<>(List.of(home));
        all.addAll(List.of(args));
        return Child.start(SharedValuesTest.class, method, all.toArray());
    }

    // ---- numbers ----

    @Test
    void theInitialValueCountsWhereTheNumberIsCreated() {
        assertThat(here.sharedLong("n", Long.MIN_VALUE).get()).isEqualTo(Long.MIN_VALUE);
        assertThat(there.sharedLong("n", 7).get()).isEqualTo(Long.MIN_VALUE);
        assertThat(here.sharedInt("n", -5).get()).isEqualTo(-5);
        assertThat(there.sharedInt("n", 7).get()).isEqualTo(-5);
        assertThat(here.sharedDouble("n", -0.0).toString()).isEqualTo("-0.0");
        assertThat(there.sharedDouble("n", 7).toString()).isEqualTo("-0.0");
        assertThat(here.sharedBoolean("n", true).get()).isTrue();
        assertThat(there.sharedBoolean("n", false).get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aLongBehavesAsAnAtomicLong(long seed) {
        Random random = new Random(seed);
        long[] some = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, random.nextLong()};
        AtomicLong model = new AtomicLong(some[random.nextInt(some.length)]);
        SharedLong mine = here.sharedLong("n", model.get());
        SharedLong theirs = there.sharedLong("n", 0);
        for (int i = 0; i < 2000; i++) {
            SharedLong shared = random.nextBoolean() ? mine : theirs;
            long a = random.nextBoolean() ? model.get() : some[random.nextInt(some.length)];
            long b = some[random.nextInt(some.length)];
            switch (random.nextInt(10)) {
                case 0 -> {
                    shared.set(b);
                    model.set(b);
                }
                case 1 -> assertThat(shared.compareAndSet(a, b)).isEqualTo(model.compareAndSet(a, b));
                case 2 -> assertThat(shared.getAndSet(b)).isEqualTo(model.getAndSet(b));
                case 3 -> assertThat(shared.getAndAdd(b)).isEqualTo(model.getAndAdd(b));
                case 4 -> assertThat(shared.addAndGet(b)).isEqualTo(model.addAndGet(b));
                case 5 -> assertThat(shared.getAndIncrement()).isEqualTo(model.getAndIncrement());
                case 6 -> assertThat(shared.incrementAndGet()).isEqualTo(model.incrementAndGet());
                case 7 -> assertThat(shared.getAndDecrement()).isEqualTo(model.getAndDecrement());
                case 8 -> assertThat(shared.decrementAndGet()).isEqualTo(model.decrementAndGet());
                default -> {
                    assertThat(shared.getAndUpdate(x -> x * 31 + b)).isEqualTo(model.getAndUpdate(x -> x * 31 + b));
                    assertThat(shared.updateAndGet(x -> x ^ b)).isEqualTo(model.updateAndGet(x -> x ^ b));
                }
            }
            assertThat(mine.get()).isEqualTo(model.get());
            assertThat(theirs).hasToString(model.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anIntBehavesAsAnAtomicInteger(long seed) {
        Random random = new Random(seed);
        int[] some = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, random.nextInt()};
        AtomicInteger model = new AtomicInteger(some[random.nextInt(some.length)]);
        SharedInt mine = here.sharedInt("n", model.get());
        SharedInt theirs = there.sharedInt("n", 0);
        for (int i = 0; i < 2000; i++) {
            SharedInt shared = random.nextBoolean() ? mine : theirs;
            int a = random.nextBoolean() ? model.get() : some[random.nextInt(some.length)];
            int b = some[random.nextInt(some.length)];
            switch (random.nextInt(10)) {
                case 0 -> {
                    shared.set(b);
                    model.set(b);
                }
                case 1 -> assertThat(shared.compareAndSet(a, b)).isEqualTo(model.compareAndSet(a, b));
                case 2 -> assertThat(shared.getAndSet(b)).isEqualTo(model.getAndSet(b));
                case 3 -> assertThat(shared.getAndAdd(b)).isEqualTo(model.getAndAdd(b));
                case 4 -> assertThat(shared.addAndGet(b)).isEqualTo(model.addAndGet(b));
                case 5 -> assertThat(shared.getAndIncrement()).isEqualTo(model.getAndIncrement());
                case 6 -> assertThat(shared.incrementAndGet()).isEqualTo(model.incrementAndGet());
                case 7 -> assertThat(shared.getAndDecrement()).isEqualTo(model.getAndDecrement());
                case 8 -> assertThat(shared.decrementAndGet()).isEqualTo(model.decrementAndGet());
                default -> {
                    assertThat(shared.getAndUpdate(x -> x * 31 + b)).isEqualTo(model.getAndUpdate(x -> x * 31 + b));
                    assertThat(shared.updateAndGet(x -> x ^ b)).isEqualTo(model.updateAndGet(x -> x ^ b));
                }
            }
            assertThat(mine.get()).isEqualTo(model.get());
            assertThat(theirs).hasToString(model.toString());
        }
    }

    @Test
    void aDoubleIsComparedByItsBits() {
        SharedDouble shared = here.sharedDouble("d", 0.0);
        assertThat(shared.compareAndSet(-0.0, 1)).isFalse();
        assertThat(shared.compareAndSet(0.0, Double.NaN)).isTrue();
        assertThat(shared.compareAndSet(Double.NaN, 1.5)).isTrue();
        assertThat(there.sharedDouble("d", 0).getAndAdd(2)).isEqualTo(1.5);
        assertThat(shared.addAndGet(0.25)).isEqualTo(3.75);
        assertThat(shared.getAndUpdate(x -> x * 2)).isEqualTo(3.75);
        assertThat(shared.updateAndGet(x -> x + 0.5)).isEqualTo(8);
        assertThat(shared.getAndSet(Double.NEGATIVE_INFINITY)).isEqualTo(8);
        assertThat(shared.get()).isEqualTo(Double.NEGATIVE_INFINITY);
        shared.set(Double.MIN_VALUE);
        assertThat(shared).hasToString("4.9E-324");
    }

    @Test
    void aBooleanBehavesAsAnAtomicBoolean() {
        SharedBoolean shared = here.sharedBoolean("b", false);
        AtomicBoolean model = new AtomicBoolean();
        Random random = new Random(1);
        for (int i = 0; i < 500; i++) {
            boolean a = random.nextBoolean();
            boolean b = random.nextBoolean();
            switch (random.nextInt(3)) {
                case 0 -> {
                    shared.set(b);
                    model.set(b);
                }
                case 1 -> assertThat(shared.compareAndSet(a, b)).isEqualTo(model.compareAndSet(a, b));
                default -> assertThat(shared.getAndSet(b)).isEqualTo(model.getAndSet(b));
            }
            assertThat(there.sharedBoolean("b", true)).hasToString(model.toString());
        }
    }

    /** Counts in every way that there is, so many times each. */
    static void count(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            countIn(ipc, Integer.parseInt(args[1]));
        }
    }

    private static void countIn(Ipc ipc, int times) {
        SharedLong added = ipc.sharedLong("added", 0);
        SharedLong updated = ipc.sharedLong("updated", 0);
        SharedInt narrow = ipc.sharedInt("narrow", 0);
        SharedDouble real = ipc.sharedDouble("real", 0);
        SharedValue<Long> wide = ipc.value("wide", Codec.LONG, 8);
        for (int i = 0; i < times; i++) {
            added.getAndAdd(2);
            updated.updateAndGet(x -> x + 1);
            narrow.incrementAndGet();
            real.addAndGet(0.5);
            wide.updateAndGet(x -> x == null ? 1 : x + 1);
        }
    }

    @Test
    void noUpdateOfAnyProcessOrThreadIsLost() throws Exception {
        int times = 5000;
        try (Child one = child("count", times);
                Child two = child("count", times)) {
            Future<?> three = threads.run(() -> countIn(here, times));
            Future<?> four = threads.run(() -> countIn(here, times));
            Threads.result(three);
            Threads.result(four);
            one.awaitEnd();
            two.awaitEnd();
        }
        assertThat(there.sharedLong("added", 0).get()).isEqualTo(8L * times);
        assertThat(there.sharedLong("updated", 0).get()).isEqualTo(4L * times);
        assertThat(there.sharedInt("narrow", 0).get()).isEqualTo(4 * times);
        assertThat(there.sharedDouble("real", 0).get()).isEqualTo(2.0 * times);
        SharedValue<Long> wide = there.value("wide", Codec.LONG, 8);
        assertThat(wide.get()).isEqualTo(4L * times);
        assertThat(wide.version()).isEqualTo(4L * times);
    }

    /** Adds one to the first number and then to the second, for ever. */
    static void countInTwo(String[] args) {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedLong first = ipc.sharedLong("first", 0);
        SharedLong second = ipc.sharedLong("second", 0);
        Child.say("counting");
        while (true) {
            first.incrementAndGet();
            second.incrementAndGet();
        }
    }

    @Test
    void aProcessKilledWhileItCountsLeavesANumberThatItCounted() throws Exception {
        SharedLong first = here.sharedLong("first", 0);
        SharedLong second = here.sharedLong("second", 0);
        try (Child child = child("countInTwo")) {
            child.expect("counting");
            long seen = second.get();
            while (seen < 10_000) {
                seen = second.awaitChange(seen, LONG);
            }
            child.kill();
        }
        assertThat(first.get() - second.get()).isBetween(0L, 1L);
        assertThat(second.incrementAndGet()).isGreaterThan(10_000);
    }

    // ---- waiting for a change ----

    @Test
    void awaitChangeReturnsAtOnceWhatIsThereAlready() throws Exception {
        assertThat(here.sharedLong("n", 5).awaitChange(4, Duration.ZERO)).isEqualTo(5);
        assertThat(here.sharedInt("n", 5).awaitChange(4, LONG)).isEqualTo(5);
        assertThat(here.sharedDouble("n", 0.0).awaitChange(-0.0, LONG)).isEqualTo(0.0);
        assertThat(here.sharedBoolean("n", true).awaitChange(false, LONG)).isTrue();
    }

    @Test
    void awaitChangeGivesUpWhenTheTimeIsOverAndNotBefore() throws Exception {
        SharedLong number = here.sharedLong("n", 5);
        long start = System.nanoTime();
        assertThat(number.awaitChange(5, SHORT)).isEqualTo(5);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(number.awaitChange(5, Duration.ZERO)).isEqualTo(5);
        assertThat(number.awaitChange(5, Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(5);
        assertThat(here.sharedDouble("n", Double.NaN).awaitChange(Double.NaN, SHORT))
                .isNaN();
        assertThat(here.sharedBoolean("n", false).awaitChange(false, SHORT)).isFalse();
        assertThatThrownBy(() -> number.awaitChange(5, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void everyKindOfChangeWakesThoseWhoWait() throws Exception {
        SharedLong mine = here.sharedLong("n", 0);
        SharedLong theirs = there.sharedLong("n", 0);
        List<Runnable> changes = List.of(
                () -> theirs.set(1),
                () -> theirs.compareAndSet(1, 2),
                () -> theirs.getAndAdd(1),
                () -> theirs.getAndSet(4),
                theirs::incrementAndGet);
        for (int i = 0; i < changes.size(); i++) {
            long old = i;
            Future<?> waiting = threads.waiting(
                    Waiting.class, () -> assertThat(mine.awaitChange(old, LONG)).isEqualTo(old + 1));
            theirs.set(old);
            changes.get(i).run();
            Threads.result(waiting);
        }
    }

    @Test
    void aChangeWakesMoreWaitersThanHaveAPlaceToLieDown() throws Exception {
        SharedInt mine = here.sharedInt("n", 0);
        SharedInt theirs = there.sharedInt("n", 0);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            SharedInt each = i % 2 == 0 ? mine : theirs;
            waiting.add(threads.waiting(
                    Waiting.class, () -> assertThat(each.awaitChange(0, LONG)).isEqualTo(1)));
        }
        mine.set(1);
        for (Future<?> each : waiting) {
            Threads.result(each);
        }
    }

    @Test
    void anInterruptEndsTheWaitForAChange() throws Exception {
        SharedLong number = here.sharedLong("n", 0);
        SharedValue<String> wide = here.value("v", Codec.STRING, 8);
        assertThat(Threads.thrownWhenInterrupted(Waiting.class, () -> number.awaitChange(0, LONG)))
                .isInstanceOf(InterruptedException.class);
        assertThat(Threads.thrownWhenInterrupted(Waiting.class, () -> wide.awaitChange(0, LONG)))
                .isInstanceOf(InterruptedException.class);
    }

    /** Answers each number by the next one. */
    static void answer(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            SharedLong question = ipc.sharedLong("question", 0);
            SharedLong answer = ipc.sharedLong("answer", 0);
            long last = 0;
            while (last < Long.parseLong(args[1])) {
                last = question.awaitChange(last, LONG);
                answer.set(last);
            }
        }
    }

    @Test
    void twoProcessesWakeEachOther() throws Exception {
        SharedLong question = here.sharedLong("question", 0);
        SharedLong answer = here.sharedLong("answer", 0);
        int rounds = 1000;
        try (Child child = child("answer", rounds)) {
            for (int i = 1; i <= rounds; i++) {
                question.set(i);
                assertThat(answer.awaitChange(i - 1, LONG)).isEqualTo(i);
            }
            child.awaitEnd();
        }
    }

    // ---- wide values ----

    @Test
    void aWideValueIsNullUntilItIsSet() throws Exception {
        SharedValue<String> value = here.value("v", Codec.STRING, 10);
        assertThat(value.get()).isNull();
        assertThat(value.version()).isZero();
        assertThat(value.awaitChange(0, SHORT)).isZero();
        there.value("v", Codec.STRING, 10).set("");
        assertThat(value.get()).isEmpty();
        assertThat(value.version()).isEqualTo(1);
        assertThat(value.awaitChange(0, LONG)).isEqualTo(1);
        assertThat(value.name()).isEqualTo("v");
    }

    @Test
    void theNewestValueIsRead() {
        SharedValue<String> mine = here.value("v", Codec.STRING, 100);
        SharedValue<String> theirs = there.value("v", Codec.STRING, 100);
        for (int i = 0; i < 100; i++) {
            (i % 3 == 0 ? mine : theirs).set("x".repeat(i));
            assertThat(mine.get()).hasSize(i);
            assertThat(theirs.get()).hasSize(i);
            assertThat(mine.version()).isEqualTo(i + 1);
        }
    }

    @Test
    void aValueThatIsTooLongIsRefusedAndNothingChanges() {
        SharedValue<String> value = here.value("v", Codec.STRING, 4);
        value.set("full");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value.set("fuller"))
                .withMessageContaining("'v'")
                .withMessageContaining("4 bytes")
                .withMessageEndingWith(": 6");
        assertThatIllegalArgumentException().isThrownBy(() -> value.updateAndGet(old -> old + old));
        assertThatThrownBy(() -> value.set(null)).isInstanceOf(NullPointerException.class);
        assertThat(value.get()).isEqualTo("full");
        assertThat(value.version()).isEqualTo(1);
    }

    @Test
    void anUpdateThatFailsChangesNothingAndLetsTheNextWriterIn() {
        SharedValue<String> value = here.value("v", Codec.STRING, 10);
        value.set("old");
        assertThatThrownBy(() -> value.updateAndGet(old -> {
                    throw new UnsupportedOperationException(old);
                }))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("old");
        assertThatThrownBy(() -> value.updateAndGet(old -> null)).isInstanceOf(NullPointerException.class);
        assertThat(value.get()).isEqualTo("old");
        SharedValue<String> theirs = there.value("v", Codec.STRING, 10);
        assertThat(theirs.updateAndGet(old -> old + "er")).isEqualTo("older");
        assertThat(value.get()).isEqualTo("older");
    }

    @Test
    void aCodecThatMakesNullIsAnErrorAndNotAnAbsentValue() {
        SharedValue<String> value = here.value("v", Codec.<String>of(text -> text.getBytes(), bytes -> null), 10);
        assertThat(value.get()).isNull();
        value.set("x");
        assertThatThrownBy(value::get).isInstanceOf(IpcException.class).hasMessageContaining("null");
    }

    /** Writes numbers that begin with its own, each so much larger than the one before, for ever. */
    static void writeForEver(String[] args) {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedValue<byte[]> value = ipc.value("state", Codec.BYTES, WIDE);
        Child.say("writing");
        int step = Integer.parseInt(args[2]);
        for (long number = Long.parseLong(args[1]); true; number += step) {
            value.set(Payload.of(number, Long.BYTES + (int) (number * 37 % (WIDE - 7))));
        }
    }

    /** Reads until so many different values were seen: each whole, and those of one writer in order. */
    private void readWhole(int values, int writers) {
        SharedValue<byte[]> value = here.value("state", Codec.BYTES, WIDE);
        long[] newest = new long[writers];
        for (int seen = 0; seen < values; ) {
            byte[] bytes = value.get();
            if (bytes == null) {
                continue;
            }
            long number = Payload.number(bytes);
            int writer = (int) (number % writers);
            assertThat(number).isGreaterThanOrEqualTo(newest[writer]);
            if (number != newest[writer]) {
                newest[writer] = number;
                seen++;
            }
        }
    }

    @Test
    void aValueIsNeverReadTornWhileProcessesWriteIt() throws Exception {
        try (Child one = child("writeForEver", 2, 2);
                Child two = child("writeForEver", 3, 2)) {
            Future<?> first = threads.run(() -> readWhole(1000, 2));
            Future<?> second = threads.run(() -> readWhole(1000, 2));
            Threads.result(first);
            Threads.result(second);
            assertThat(one.isAlive() && two.isAlive()).isTrue();
        }
    }

    @Test
    void aWriterThatIsKilledLeavesAWholeValueAndOthersGoOn() throws Exception {
        SharedValue<byte[]> value = here.value("state", Codec.BYTES, WIDE);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long number = 1;
        for (int round = 0; round < 6; round++) {
            try (Child child = child("writeForEver", number, 1)) {
                long until = number + random.nextInt(2000);
                while (value.get() == null || number < until) {
                    number = value.get() == null ? number : Payload.number(value.get());
                }
                child.kill();
                long version = value.version();
                number = Payload.number(value.get());
                value.set(Payload.of(number + 1, WIDE));
                assertThat(Payload.number(value.get())).as("seed %d", seed).isEqualTo(number + 1);
                assertThat(value.version()).as("seed %d", seed).isEqualTo(version + 1);
                number += 2;
            }
        }
    }

    @Test
    void aWriterThatStandsStillKeepsNoReaderWaiting() throws Exception {
        try (Child child = child("writeForEver", 1, 1)) {
            child.expect("writing");
            readWhole(10, 1);
            child.freeze();
            SharedValue<byte[]> value = here.value("state", Codec.BYTES, WIDE);
            long number = Payload.number(value.get());
            for (int i = 0; i < 1000; i++) {
                assertThat(Payload.number(value.get())).isEqualTo(number);
            }
            child.thaw();
            readWhole(10, 1);
        }
    }

    @Test
    void whoWaitsForANewerValueIsWokenByAnotherProcess() throws Exception {
        SharedValue<byte[]> value = here.value("state", Codec.BYTES, WIDE);
        Future<?> waiting = threads.waiting(
                Waiting.class, () -> assertThat(value.awaitChange(0, LONG)).isPositive());
        try (Child child = child("writeForEver", 1, 1)) {
            Threads.result(waiting);
            assertThat(child.isAlive()).isTrue();
        }
    }
}
