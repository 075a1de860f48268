package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Acquired;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.LockConformance;
import io.github.ipcharness.ipc.conformance.LockParty;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Our lock. */
class OurLockTest extends LockConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected LockParty join(Path home) {
        Ipc ipc = Ipc.open(home);
        SharedLock lock = ipc.lock("l");
        return new LockParty() {
            @Override
            public Outcome lock(Duration timeout) throws InterruptedException {
                Acquired acquired = lock.acquire(timeout);
                if (acquired == null) {
                    return Outcome.BUSY;
                }
                return acquired == Acquired.FREE ? Outcome.LOCKED : Outcome.LOCKED_FROM_DEAD_OWNER;
            }

            @Override
            public void unlock() {
                lock.unlock();
            }

            @Override
            public void close() {
                ipc.close();
            }
        };
    }
}
