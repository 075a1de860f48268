package io.github.ipcharness.ipc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of a number that processes share, which is that of {@code java.util.concurrent.atomic.AtomicLong}: no update of
 * any process is lost, and each one is seen by all from then on.
 */
public abstract class NumberConformance extends Conformance<NumberParty> {

    /** For those who extend it. */
    protected NumberConformance() {}

    /**
     * Opens the number, in whatever process; the first one creates it, as 0.
     *
     * @param home a directory, the same one for all who are to meet
     */
    protected abstract NumberParty join(Path home) throws Exception;

    /** Whether others go on when a process is killed, and no update that it finished is lost. */
    protected boolean survivesDeath() {
        return true;
    }

    @Override
    public final NumberParty open(Path home, int number) throws Exception {
        return join(home);
    }

    private static Script<NumberParty, Integer> count(long times) {
        return number -> {
            for (long i = 0; i < times; i++) {
                number.getAndAdd(1);
            }
            return null;
        };
    }

    private static Script<NumberParty, Integer> set(long value) {
        return number -> {
            number.set(value);
            return null;
        };
    }

    private static Script<NumberParty, Long> get() {
        return NumberParty::get;
    }

    private static Script<NumberParty, Long> add(long delta) {
        return number -> number.getAndAdd(delta);
    }

    private static Script<NumberParty, Boolean> compareAndSet(long expected, long next) {
        return number -> number.compareAndSet(expected, next);
    }

    @Test
    void itIsZeroAtFirstAndThenWhatAnyProcessHasSet() throws Exception {
        List<Member<NumberParty>> members = List.of(process(0), here(0));
        assertEquals(0, members.get(1).call(get()));
        Random random = new Random(1);
        List<Long> values =
                new ArrayList<>(List.of(-1L, 0L, 1L, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFF_FFFFL, 1L << 32));
        random.longs(50).forEach(values::add);
        for (long value : values) {
            members.get(random.nextInt(2)).call(set(value));
            assertEquals(value, members.get(random.nextInt(2)).call(get()));
        }
    }

    @Test
    void anUpdateGivesWhatWasThereBefore() throws Exception {
        Member<NumberParty> one = here(0);
        Member<NumberParty> other = process(0);
        one.call(set(Long.MAX_VALUE));
        assertEquals(Long.MAX_VALUE, other.call(add(2)));
        assertEquals(Long.MIN_VALUE + 1, one.call(add(-5)));
        assertEquals(Long.MAX_VALUE - 3, other.call(get()));
        assertFalse(one.call(compareAndSet(3, 4)), "it is not 3");
        assertEquals(Long.MAX_VALUE - 3, other.call(get()));
        assertTrue(other.call(compareAndSet(Long.MAX_VALUE - 3, -7)), "it is that");
        assertEquals(-7, one.call(get()));
    }

    @Test
    void noUpdateIsLost() throws Exception {
        int times = 20_000;
        Member<NumberParty> here = here(0);
        List<Future<Integer>> counts = startThree(count(times));
        for (Future<Integer> each : counts) {
            Member.result(each);
        }
        assertEquals(3 * times, here.call(get()));
    }

    @Test
    void eachUpdateSeesAValueOfItsOwn() throws Exception {
        int times = 5_000;
        Script<NumberParty, ArrayList<Long>> collect = number -> {
            ArrayList<Long> seen = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                seen.add(number.getAndAdd(3));
            }
            return seen;
        };
        List<Future<ArrayList<Long>>> all = startThree(collect);
        Set<Long> distinct = new HashSet<>();
        for (Future<ArrayList<Long>> each : all) {
            for (Long value : Member.result(each)) {
                assertTrue(distinct.add(value), () -> "two updates have seen " + value);
            }
        }
    }

    @Test
    void ofAllWhoCompareAndSetTheSameValueOneSucceeds() throws Exception {
        int last = 5_000;
        Script<NumberParty, Integer> race = number -> {
            number.getAndAdd(1);
            long end = System.nanoTime() + limit().toNanos();
            while (number.get() < 0) {
                assertTrue(System.nanoTime() - end < 0, "not all have come, or the number does not count right");
                Thread.yield();
            }
            int won = 0;
            for (int value = 0; value < last; value++) {
                if (number.compareAndSet(value, value + 1)) {
                    won++;
                } else {
                    long seen = number.get();
                    assertTrue(seen > value, "refused, though nobody was faster: it is " + seen + " after " + value);
                }
            }
            return won;
        };
        Member<NumberParty> starter = here(0);
        // The last who comes makes it 0, and so all of them begin at once.
        starter.call(set(-3));
        List<Future<Integer>> races = startThree(race);
        int won = 0;
        for (Future<Integer> each : races) {
            won += Member.result(each);
        }
        assertEquals(last, won);
    }

    @Test
    void noReaderSeesItGoBack() throws Exception {
        Member<NumberParty> writer = process(0);
        Member<NumberParty> reader = here(0);
        Future<Integer> counts = writer.start(count(100_000));
        Script<NumberParty, Long> watch = number -> {
            long seen = 0;
            for (int i = 0; i < 10_000; i++) {
                long next = number.get();
                assertTrue(next >= seen, "it was " + seen + " already, and is " + next);
                seen = next;
            }
            return seen;
        };
        long seen = 0;
        while (!counts.isDone()) {
            long first = seen;
            seen = reader.call(watch);
            assertTrue(seen >= first, "it went back between two calls");
        }
        Member.result(counts);
        assertEquals(100_000, reader.call(get()));
    }

    @Test
    void aKilledProcessHasCountedWhatItSaidAndAtMostOneMore() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Member<NumberParty> other = here(0);
        for (int round = 0; round < 3; round++) {
            other.call(set(0));
            MemberProcess<NumberParty> killed = process(0);
            int done = random.nextInt(1_000);
            killed.call(count(done));
            Future<Integer> last = killed.start(count(Long.MAX_VALUE));
            Future<Integer> counts = other.start(count(1_000));
            Thread.sleep(random.nextInt(20));
            killed.kill();
            assertThrows(MemberDiedException.class, () -> Member.result(last));
            Member.result(counts);
            long left = other.call(get());
            assertTrue(left >= done + 1_000, () -> left + " is left of " + (done + 1_000) + ", seed " + seed);
            assertEquals(left, process(0).call(add(1)));
            assertEquals(left + 1, other.call(get()), "others go on");
        }
    }
}
