package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories too long for an exhaustive search, as tests of etcd record them. */
class SearchTest {

    private static final int HISTORIES = 200;
    private static final long NEVER_USED = 9;

    /** Five processes read, write and swap the values 0 to 4, 170 times; some calls time out. */
    private static Sample likeEtcd(long seed, int percentUnfinished) {
        SplittableRandom random = new SplittableRandom(seed);
        ValueDevice register = new ValueDevice(0, (process, value, choice) -> switch (choice.nextInt(3)) {
            case 0 -> ValueDevice.read(process);
            case 1 -> ValueDevice.write(process, choice.nextInt(5));
            default -> ValueDevice.cas(process, choice.nextInt(5), choice.nextInt(5));
        });
        List<Op> ops = Simulation.runToTheEnd(register, 5, 170, random);
        return Sample.of(History.VALUE, Mutation.unfinished(ops, percentUnfinished, random));
    }

    /** Besides, in the middle, a value is written once and swapped away twice. */
    private static Sample spoiled(Sample sample) {
        List<Op> ops = new ArrayList<>(sample.ops());
        ops.sort(Comparator.comparingLong(Op::call));
        long middle = ops.get(ops.size() / 2).call();
        ops.add(done(ValueDevice.write(5, NEVER_USED), middle));
        ops.add(done(ValueDevice.cas(5, NEVER_USED, 1), middle + 2));
        ops.add(done(ValueDevice.cas(5, NEVER_USED, 2), middle + 4));
        return sample.with(ops);
    }

    private static Op done(Op asked, long call) {
        return asked.called(call).returned(call + 1).ended(Outcome.OK);
    }

    private static List<String> verdicts(LongStream seeds, int percentUnfinished, boolean spoil) {
        return seeds.parallel()
                .mapToObj(seed -> likeEtcd(seed, percentUnfinished))
                .map(sample -> spoil ? spoiled(sample) : sample)
                .map(sample -> verdict(sample.history()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15})
    void compareAndSetOfFewValuesIsDecided(int percentUnfinished) {
        assertThat(verdicts(LongStream.range(0, HISTORIES), percentUnfinished, false))
                .containsOnly("passed");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15})
    void oneLostUpdateAmongManyIsFound(int percentUnfinished) {
        assertThat(verdicts(LongStream.range(0, HISTORIES), percentUnfinished, true))
                .allMatch(said -> said.startsWith("lost update: ")
                        || said.startsWith("stale read: ")
                        || said.startsWith("linearizable: "));
    }

    @Test
    void aLongHistoryIsDecided() {
        AtomicLong values = new AtomicLong();
        ValueDevice register = new ValueDevice(
                0,
                (process, value, choice) -> choice.nextBoolean()
                        ? ValueDevice.cas(process, value, values.incrementAndGet())
                        : ValueDevice.read(process));
        Sample sample = Sample.of(History.VALUE, Simulation.runToTheEnd(register, 8, 50_000, new SplittableRandom(1)));

        assertThat(verdict(sample.history())).isEqualTo("passed");
        assertThat(verdict(spoiled(sample).history())).startsWith("l");
    }

    /** Many processes at once: too many configurations to keep all of them, but some of them last to the end. */
    @Test
    void muchOpenAtOnceIsDecidedIfAllIsRight() {
        ValueDevice register = new ValueDevice(0, (process, value, choice) -> switch (choice.nextInt(3)) {
            case 0 -> ValueDevice.read(process);
            case 1 -> ValueDevice.write(process, choice.nextInt(5));
            default -> ValueDevice.cas(process, choice.nextInt(5), choice.nextInt(5));
        });
        List<Op> ops = Simulation.runToTheEnd(register, 26, 5_000, new SplittableRandom(1));

        assertThat(verdict(Sample.of(History.VALUE, ops).history())).isEqualTo("passed");
    }

    /** Any sum of powers of two, but none that is negative: 2 to the power of 30 ways to try in vain. */
    @Test
    void overBudgetIsUnknown() {
        List<Op> ops = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> ops.add(ValueDevice.add(i, 1L << i).called(0)));
        ops.add(done(ValueDevice.add(30, -1), 5).valued(1L << 40));

        assertThat(verdict(Sample.of(History.VALUE, ops).history()))
                .isEqualTo("Optional[Unknown[check=linearizable, why=too much was open at once to be decided by search,"
                        + " near add(-1) -> 1099511627776 by p30: try fewer processes or operations]]");
    }

    @Test
    void moreOpenThanCanBeKeptIsUnknown() {
        List<Op> ops = new ArrayList<>();
        IntStream.range(0, 65).forEach(i -> ops.add(done(ValueDevice.write(i, 1), 0)));

        assertThat(verdict(Sample.of(History.VALUE, ops).history()))
                .startsWith("Optional[Unknown[check=linearizable, why=too much was open at once");
    }

    @Test
    void unfinishedCallsThatAreAlikeCostLittle() {
        List<Op> ops = new ArrayList<>();
        IntStream.range(0, 60).forEach(i -> ops.add(ValueDevice.add(i, 1).called(0)));
        ops.add(done(ValueDevice.read(60), 5).valued(60));
        assertThat(verdict(Sample.of(History.VALUE, ops).history())).isEqualTo("passed");

        ops.add(done(ValueDevice.read(60), 7).valued(61));
        assertThat(verdict(Sample.of(History.VALUE, ops).history()))
                .startsWith("stale read: no order of read -> 61 by p60");
    }

    @Test
    void anUnboundedNumberOfUnfinishedReadsCostsNothing() {
        List<Op> ops = new ArrayList<>();
        IntStream.range(0, 1000).forEach(i -> ops.add(ValueDevice.read(i).called(i)));
        ops.add(done(Op.asked(1000, Operation.CAS, 1, 0), 0));
        ops.add(done(ValueDevice.read(1000), 5).valued(1));

        assertThat(verdict(Sample.of(History.VALUE, ops).history())).isEqualTo("passed");
    }
}
