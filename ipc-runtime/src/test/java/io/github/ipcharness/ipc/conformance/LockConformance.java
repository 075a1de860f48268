package io.github.ipcharness.ipc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ipcharness.ipc.conformance.LockParty.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The contract of a lock between processes: one at a time holds it; who waits gets it when it is unlocked, or when its owner
 * has died, and is told so in that case; an owner that stands still keeps it.
 */
public abstract class LockConformance extends Conformance<LockParty> {

    /** For those who extend it. */
    protected LockConformance() {}

    /**
     * Opens the lock, in whatever process; the first one creates it, and nobody holds it then.
     *
     * @param home a directory, the same one for all who are to meet
     */
    protected abstract LockParty join(Path home) throws Exception;

    /** Whether a lock whose owner was killed is free for others. */
    protected boolean survivesDeath() {
        return true;
    }

    /** Whether the first one after an owner that was killed is told so. */
    protected boolean tellsOfDeath() {
        return true;
    }

    @Override
    public final LockParty open(Path home, int number) throws Exception {
        return join(home);
    }

    private Outcome afterDeath() {
        return tellsOfDeath() ? Outcome.LOCKED_FROM_DEAD_OWNER : Outcome.LOCKED;
    }

    // ---- what members do ----

    private static Script<LockParty, Outcome> lock(Duration timeout) {
        return lock -> lock.lock(timeout);
    }

    private static Script<LockParty, Outcome> lock() {
        return lock(limit());
    }

    private static Script<LockParty, Integer> unlock() {
        return lock -> {
            lock.unlock();
            return null;
        };
    }

    /** Two numbers in memory that processes share, which nothing protects but the lock. */
    private static LongBuffer numbers(String file) {
        try (FileChannel channel = FileChannel.open(
                Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 16).asLongBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds one to both numbers, so often, each time under the lock; gives how often it was told of a death. */
    private Script<LockParty, Integer> count(long times) {
        String file = aside().resolve("numbers").toString();
        return lock -> {
            LongBuffer numbers = numbers(file);
            int told = 0;
            for (long i = 0; i < times; i++) {
                Outcome outcome = lock.lock(limit());
                assertTrue(outcome != Outcome.BUSY, "nobody holds it for so long");
                if (outcome == Outcome.LOCKED_FROM_DEAD_OWNER) {
                    told++;
                    numbers.put(1, numbers.get(0));
                }
                long before = numbers.get(0);
                long twin = numbers.get(1);
                if (before != twin) {
                    throw new AssertionError("half of what another did is seen: " + before + " and " + twin);
                }
                numbers.put(0, before + 1);
                if (i % 8 == 0) {
                    // Long enough for others, if the lock lets them in.
                    LockSupport.parkNanos(50_000);
                }
                numbers.put(1, before + 1);
                lock.unlock();
            }
            return told;
        };
    }

    // ---- contract ----

    @Test
    void oneAtATimeHoldsIt() throws Exception {
        int times = 2_000;
        List<Future<Integer>> counts = startThree(count(times));
        for (Future<Integer> each : counts) {
            assertEquals(0, Member.result(each), "nobody died");
        }
        assertEquals(3 * times, numbers(aside().resolve("numbers").toString()).get(0));
    }

    @Test
    void whoFindsItHeldWaitsNoShorterThanItWasTold() throws Exception {
        Member<LockParty> owner = here(0);
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        Member<LockParty> other = process(0);
        long waited = other.call(lock -> {
            long start = System.nanoTime();
            assertEquals(Outcome.BUSY, lock.lock(BRIEF));
            return System.nanoTime() - start;
        });
        assertTrue(waited >= BRIEF.toNanos(), () -> "it waited " + waited + " ns");
        assertEquals(Outcome.BUSY, other.call(lock(Duration.ZERO)));
        owner.call(unlock());
        assertEquals(Outcome.LOCKED, other.call(lock(Duration.ZERO)));
        assertEquals(Outcome.BUSY, owner.call(lock(Duration.ZERO)));
        other.call(unlock());
    }

    @Test
    void whoWaitsGetsItWhenItIsUnlocked() throws Exception {
        Member<LockParty> one = process(0);
        MemberHere<LockParty> other = here(0);
        for (int round = 0; round < 20; round++) {
            assertEquals(Outcome.LOCKED, one.call(lock()));
            Future<Outcome> waiting = other.start(lock());
            other.awaitWaiting(waiting);
            one.call(unlock());
            assertEquals(Outcome.LOCKED, Member.result(waiting));
            other.call(unlock());
        }
    }

    @Test
    void onlyItsOwnerUnlocksIt() throws Exception {
        Member<LockParty> owner = process(0);
        Member<LockParty> other = here(0);
        assertThrows(IllegalMonitorStateException.class, () -> other.call(unlock()));
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        assertThrows(IllegalMonitorStateException.class, () -> other.call(unlock()));
        assertEquals(Outcome.BUSY, other.call(lock(BRIEF)));
        owner.call(unlock());
        assertThrows(IllegalMonitorStateException.class, () -> owner.call(unlock()));
        assertEquals(Outcome.LOCKED, other.call(lock(Duration.ZERO)));
        other.call(unlock());
    }

    // ---- death ----

    @Test
    void whoWaitsForAnOwnerThatIsKilledGetsItAndIsToldSoOnce() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        MemberProcess<LockParty> owner = process(0);
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        MemberHere<LockParty> next = here(0);
        Future<Outcome> waiting = next.start(lock());
        next.awaitWaiting(waiting);
        owner.kill();
        assertEquals(afterDeath(), Member.result(waiting));
        next.call(unlock());
        assertEquals(Outcome.LOCKED, process(0).call(lock()));
    }

    @Test
    void ofTwoWhoWaitForAnOwnerThatIsKilledOneIsTold() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        MemberProcess<LockParty> owner = process(0);
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        Script<LockParty, Outcome> through = lock -> {
            Outcome outcome = lock.lock(limit());
            lock.unlock();
            return outcome;
        };
        List<Future<Outcome>> waiting = List.of(process(0).start(through), here(0).start(through));
        owner.kill();
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (Future<Outcome> each : waiting) {
            outcomes.merge(Member.result(each), 1, Integer::sum);
        }
        assertEquals(tellsOfDeath() ? Map.of(Outcome.LOCKED, 1, afterDeath(), 1) : Map.of(Outcome.LOCKED, 2), outcomes);
    }

    @Test
    void aWaiterThatIsKilledIsInNobodysWay() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        Member<LockParty> owner = here(0);
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        MemberProcess<LockParty> waiter = process(0);
        Future<Outcome> waiting = waiter.start(lock());
        assertEquals(Outcome.BUSY, process(0).call(lock(BRIEF)));
        waiter.kill();
        assertThrows(MemberDiedException.class, () -> Member.result(waiting));
        owner.call(unlock());
        assertEquals(Outcome.LOCKED, process(0).call(lock()));
    }

    @Test
    void anOwnerThatStandsStillKeepsIt() throws Exception {
        MemberProcess<LockParty> owner = process(0);
        assertEquals(Outcome.LOCKED, owner.call(lock()));
        owner.freeze();
        Member<LockParty> other = here(0);
        assertEquals(Outcome.BUSY, other.call(lock(BRIEF.multipliedBy(4))));
        owner.thaw();
        owner.call(unlock());
        assertEquals(Outcome.LOCKED, other.call(lock()));
    }

    @Test
    void workThatADeathLeftHalfDoneIsAlwaysAnnounced() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        assumeTrue(tellsOfDeath(), "nobody is told of a death");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Member<LockParty> other = here(0);
        MemberProcess<LockParty> halfway = process(0);
        String file = aside().resolve("numbers").toString();
        halfway.call(lock -> {
            assertEquals(Outcome.LOCKED, lock.lock(limit()));
            numbers(file).put(0, 17);
            return null;
        });
        halfway.kill();
        assertEquals(1, other.call(count(1)), "told of the one that died");
        for (int round = 0; round < 3; round++) {
            MemberProcess<LockParty> killed = process(0);
            List<Future<Integer>> counts = new ArrayList<>(List.of(killed.start(count(Long.MAX_VALUE))));
            counts.add(other.start(count(500)));
            Thread.sleep(random.nextInt(30));
            killed.kill();
            assertThrows(MemberDiedException.class, () -> Member.result(counts.get(0)));
            Member.result(counts.get(1));
            // If the numbers differ, this is not told of it, and throws.
            other.call(count(1));
        }
    }
}
