package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.memory.CrashPoint;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * One role as it is played by one thread of an {@link Actor}.
 *
 * @param home the namespace
 * @param id tells it from all others who play in the namespace
 * @param patient whether it may call what waits without limit; not while somebody is frozen, who lets nobody go on
 */
record Part(Path home, int id, Journal journal, Random random, boolean patient) {

    /** How much longer than its timeout a call may take before it counts as hanging: more than any machine is slow. */
    private static final long GRACE_NANOS = 30_000_000_000L;

    private static final boolean REHEARSING = System.getProperty(CrashPoint.PROPERTY) != null;

    boolean goesOn() {
        return journal.get(Word.STOP) == 0;
    }

    /** A call that must return when its time is over. */
    <T> T within(long millis, Callable<T> call) throws Exception {
        long start = System.nanoTime();
        T result = call.call();
        long took = System.nanoTime() - start;
        if (took > millis * 1_000_000 + GRACE_NANOS) {
            throw new AssertionError("a call with a timeout of " + millis + " ms took " + took / 1_000_000 + " ms");
        }
        return result;
    }

    /** A call has returned that brought nothing about. */
    void called() {
        journal.add(Word.CALLS, 1);
    }

    /** A call has returned that brought something about. */
    void did() {
        called();
        journal.add(Word.DEEDS, 1);
        if (REHEARSING && journal.get(Word.DEEDS) % 16 == 0) {
            // Not at the end: what is reached there alone, a part that goes on and on never reaches.
            journal.takeHits();
        }
    }

    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** Now and then lets the others run dry or full, so that they lie down. */
    void restNowAndThen() {
        if (oneIn(40)) {
            LockSupport.parkNanos(random.nextInt(oneIn(4) ? 3_000_000 : 300_000));
        }
    }
}
