package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.ValueDevice.*;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Registers, counters, compare-and-set, and all of them at once: fast rules and search decide exactly. */
class ValueRandomTest {

    private static final int HISTORIES = 100_000;

    static Sample sample(long seed, Supplier<ValueDevice.Asking> asking) {
        SplittableRandom random = new SplittableRandom(seed);
        ValueDevice value = new ValueDevice(0, asking.get());
        List<Op> ops = Simulation.run(value, random.nextInt(2, 5), random.nextInt(3, 11), random);
        return Sample.of(History.VALUE, Mutation.of(ops, random.nextInt(4), random));
    }

    private static void compare(Supplier<ValueDevice.Asking> asking, String... checks) {
        compare(seed -> sample(seed, asking), checks);
    }

    private static void compare(Function<Long, Sample> make, String... checks) {
        new Comparison(
                        make,
                        sample -> !Exhaustive.isLinearizable(ValueSpec.of(sample), sample.ops()),
                        sample -> sample.judged(Guarantee.LINEARIZABLE))
                .assertAgreement(HISTORIES, checks);
    }

    static ValueDevice.Asking register() {
        AtomicLong writes = new AtomicLong();
        return (process, value, random) ->
                random.nextBoolean() ? write(process, writes.incrementAndGet()) : read(process);
    }

    static ValueDevice.Asking counter() {
        return (process, value, random) -> random.nextInt(3) == 0 ? read(process) : add(process, random.nextInt(1, 4));
    }

    private static ValueDevice.Asking upAndDown() {
        return (process, value, random) -> random.nextInt(3) == 0 ? read(process) : add(process, random.nextInt(-2, 3));
    }

    private static ValueDevice.Asking fewValues() {
        return (process, value, random) -> random.nextBoolean() ? write(process, random.nextInt(3)) : read(process);
    }

    private static ValueDevice.Asking swaps() {
        return (process, value, random) -> switch (random.nextInt(4)) {
            case 0 -> read(process);
            case 1 -> write(process, random.nextInt(4));
            default -> cas(process, random.nextBoolean() ? value : random.nextInt(4), random.nextInt(4));
        };
    }

    static ValueDevice.Asking everything() {
        return (process, value, random) -> switch (random.nextInt(4)) {
            case 0 -> read(process);
            case 1 -> write(process, random.nextInt(5));
            case 2 -> add(process, random.nextInt(-1, 3));
            default -> cas(process, random.nextBoolean() ? value : random.nextInt(5), random.nextInt(5));
        };
    }

    @Test
    void registersWhoseWritesAreDistinct() {
        compare(ValueRandomTest::register, "torn", "stale read");
    }

    @Test
    void registersThatSeeOneValueAgain() {
        compare(ValueRandomTest::fewValues, "torn", "stale read");
    }

    @Test
    void countersThatOnlyGrow() {
        compare(ValueRandomTest::counter, "lost update", "torn", "stale read");
    }

    @Test
    void countersUpAndDown() {
        compare(ValueRandomTest::upAndDown, "lost update", "stale read", "torn");
    }

    @Test
    void compareAndSetOfFewValues() {
        compare(ValueRandomTest::swaps, "lost update", "linearizable", "stale read", "torn");
    }

    @Test
    void muchThatNeverReturned() {
        compare(
                seed -> {
                    Sample sample = sample(seed, ValueRandomTest::everything);
                    return sample.with(Mutation.unfinished(sample.ops(), 40, new SplittableRandom(seed)));
                },
                "lost update",
                "linearizable",
                "stale read",
                "torn");
    }

    @Test
    void everythingAtOnce() {
        compare(ValueRandomTest::everything, "lost update", "linearizable", "stale read", "torn");
    }
}
