package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Acquired;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedLongArray;
import io.github.ipcharness.ipc.crash.Journal.Word;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Those who take turns at what locks guard: two numbers that are the same whenever nobody holds the lock, unless its last
 * owner died with it; and a number that only those change who hold another lock, by a read and a write.
 */
final class LockRoles {

    static final String GUARDED = "guarded";
    static final int FIRST = 0;
    static final int SECOND = 1;
    static final int TRIED = 2;

    private static final Duration MOMENT = Duration.ofMillis(10);

    private LockRoles() {}

    static void lock(Part part) throws Exception {
        try (Ipc ipc = Ipc.open(part.home())) {
            SharedLock lock = ipc.lock("l");
            SharedLock tried = ipc.lock("tried");
            SharedLongArray guarded = ipc.longArray(GUARDED, 3);
            while (part.goesOn()) {
                if (part.oneIn(3) ? tryOnce(part, tried, guarded) : lockOnce(part, lock, guarded)) {
                    part.did();
                } else {
                    part.called();
                }
                part.restNowAndThen();
            }
        }
    }

    private static boolean lockOnce(Part part, SharedLock lock, SharedLongArray guarded) throws Exception {
        Journal journal = part.journal();
        Acquired acquired =
                part.patient() && part.oneIn(2) ? lock.acquire() : part.within(10, () -> lock.acquire(MOMENT));
        if (acquired == null) {
            return false;
        }
        journal.set(Word.HOLDING, 1);
        long first = guarded.get(FIRST);
        long second = guarded.get(SECOND);
        if (acquired == Acquired.FROM_DEAD_OWNER) {
            journal.add(Word.RECOVERIES, 1);
            guarded.set(SECOND, first);
        } else if (first != second) {
            throw new AssertionError("two at once, or a dead owner untold: " + first + " and " + second);
        }
        journal.add(Word.LOCKINGS_BEGUN, 1);
        guarded.set(FIRST, first + 1);
        if (part.oneIn(8)) {
            // Long enough for the others to lie down.
            lock.acquire();
            LockSupport.parkNanos(part.random().nextInt(1_000_000));
            lock.unlock();
        }
        guarded.set(SECOND, first + 1);
        journal.add(Word.LOCKINGS, 1);
        journal.set(Word.HOLDING, 0);
        lock.unlock();
        return true;
    }

    private static boolean tryOnce(Part part, SharedLock tried, SharedLongArray guarded) throws Exception {
        if (!part.within(0, tried::tryLock)) {
            return false;
        }
        part.journal().add(Word.ADDS_BEGUN, 1);
        guarded.set(TRIED, guarded.get(TRIED) + 1);
        part.journal().add(Word.ADDS_ACKNOWLEDGED, 1);
        tried.unlock();
        return true;
    }
}
