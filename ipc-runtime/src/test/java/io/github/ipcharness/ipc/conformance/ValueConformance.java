package io.github.ipcharness.ipc.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of a value that processes share: a read gives the value of the newest write, whole, and never an older one than
 * a read before it gave; a process that is killed leaves the old value or the new one.
 */
public abstract class ValueConformance extends Conformance<ValueParty> {

    /** For those who extend it. */
    protected ValueConformance() {}

    /**
     * Opens the value, in whatever process; the first one creates it.
     *
     * @param home a directory, the same one for all who are to meet
     */
    protected abstract ValueParty join(Path home) throws Exception;

    /** The longest value in bytes, at least 8: 1,000, unless this is overridden. */
    protected int maxLength() {
        return 1_000;
    }

    /** Whether shorter values are read as short as they were written. */
    protected boolean hasLengths() {
        return true;
    }

    /** Whether others go on when a process is killed. */
    protected boolean survivesDeath() {
        return true;
    }

    @Override
    public final ValueParty open(Path home, int number) throws Exception {
        return join(home);
    }

    // ---- what members do ----

    /** Writes the values with the numbers from here to there, without it. */
    private Script<ValueParty, Integer> write(long from, long to) {
        int length = maxLength();
        return value -> {
            for (long number = from; number < to; number++) {
                value.write(Message.of(number, length));
            }
            return null;
        };
    }

    private static Script<ValueParty, Long> read() {
        return value -> Message.number(value.read());
    }

    /** Reads until it sees this number; no number may be less than one before. */
    private static Script<ValueParty, Long> readForwardsTo(long last) {
        return value -> {
            long seen = Long.MIN_VALUE;
            long end = System.nanoTime() + limit().toNanos();
            while (seen != last) {
                long next = Message.number(value.read());
                assertTrue(next >= seen, "it was " + seen + " already, and is " + next + " again");
                seen = next;
                assertTrue(System.nanoTime() < end, "the newest is " + last + ", and " + seen + " is read");
            }
            return seen;
        };
    }

    // ---- contract ----

    @Test
    void whatAProcessHasWrittenIsWhatOthersRead() throws Exception {
        List<Member<ValueParty>> members = List.of(here(0), process(0), process(0));
        Random random = new Random(1);
        for (long number = 0; number < 200; number++) {
            members.get(random.nextInt(3)).call(write(number, number + 1));
            assertEquals(number, members.get(random.nextInt(3)).call(read()));
        }
    }

    @Test
    void aValueIsReadWholeWhileOthersWriteIt() throws Exception {
        Member<ValueParty> reader = here(0);
        reader.call(write(0, 1));
        List<Future<Integer>> writes =
                List.of(process(0).start(write(1, 20_000)), process(0).start(write(20_000, 40_000)));
        while (!writes.stream().allMatch(Future::isDone)) {
            reader.call(read());
        }
        for (Future<Integer> each : writes) {
            Member.result(each);
        }
        assertTrue(List.of(19_999L, 39_999L).contains(reader.call(read())), "the last write of one of them");
    }

    @Test
    void noReaderSeesAnOlderValueAfterANewerOne() throws Exception {
        Member<ValueParty> writer = process(0);
        writer.call(write(0, 1));
        List<Future<Long>> reads = new ArrayList<>();
        for (Member<ValueParty> reader : List.of(process(0), here(0), here(0))) {
            reads.add(reader.start(readForwardsTo(19_999)));
        }
        writer.call(write(1, 20_000));
        for (Future<Long> each : reads) {
            Member.result(each);
        }
    }

    @Test
    void whatOneReaderHasSeenTheNextOneSeesToo() throws Exception {
        Member<ValueParty> writer = process(0);
        writer.call(write(0, 1));
        List<Member<ValueParty>> readers = List.of(process(0), here(0));
        Future<Integer> writes = writer.start(write(1, 50_000));
        long seen = 0;
        for (int i = 0; !writes.isDone(); i++) {
            long next = readers.get(i % 2).call(read());
            long before = seen;
            assertTrue(next >= before, () -> "another had read " + before + ", and now " + next + " is read");
            seen = next;
        }
        Member.result(writes);
    }

    @Test
    void aValueIsReadAsLongAsItWasWritten() throws Exception {
        assumeTrue(hasLengths(), "values are of one length");
        Member<ValueParty> writer = here(0);
        Member<ValueParty> reader = process(0);
        for (int length = Message.SHORTEST; length <= maxLength(); length = length * 3 / 2) {
            byte[] bytes = Message.of(length, length);
            writer.call(value -> {
                value.write(bytes);
                return null;
            });
            assertArrayEquals(bytes, reader.call(ValueParty::read));
        }
    }

    @Test
    void aKilledWriterLeavesAWholeValueThatIsNoOlderThanItsLastWrite() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Member<ValueParty> other = here(0);
        for (int round = 0; round < 3; round++) {
            MemberProcess<ValueParty> writer = process(0);
            int done = 1 + random.nextInt(100);
            writer.call(write(0, done));
            Future<Integer> last = writer.start(write(done, Long.MAX_VALUE));
            Thread.sleep(random.nextInt(20));
            writer.kill();
            assertThrows(MemberDiedException.class, () -> Member.result(last));
            long left = other.call(read());
            assertTrue(left >= done - 1, () -> left + " is left, and " + (done - 1) + " was written, seed " + seed);
            other.call(write(-1, 0));
            assertEquals(-1, process(0).call(read()), "others go on");
        }
    }
}
