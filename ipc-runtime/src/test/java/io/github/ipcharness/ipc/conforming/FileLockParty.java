package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.LockParty;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;

/** The operating system's lock on a file. */
class FileLockParty implements LockParty {

    private final FileGuard guard;
    private FileLock held;

    FileLockParty(Path home) {
        guard = FileGuard.of(home.resolve("lock"));
    }

    @Override
    public Outcome lock(Duration timeout) throws Exception {
        held = guard.hold(timeout.toNanos());
        return held == null ? Outcome.BUSY : Outcome.LOCKED;
    }

    @Override
    public void unlock() throws IOException {
        if (held == null) {
            throw new IllegalMonitorStateException("it is not held");
        }
        FileLock lock = held;
        held = null;
        guard.letGo(lock);
    }

    @Override
    public void close() throws IOException {
        if (held != null) {
            unlock();
        }
    }
}
