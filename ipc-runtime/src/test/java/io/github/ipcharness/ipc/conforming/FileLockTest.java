package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.LockConformance;
import io.github.ipcharness.ipc.conformance.LockParty;
import java.nio.file.Path;

/** The operating system's lock on a file: it says nothing of an owner that died. */
class FileLockTest extends LockConformance {

    @Override
    protected boolean tellsOfDeath() {
        return false;
    }

    @Override
    protected LockParty join(Path home) {
        return new FileLockParty(home);
    }
}
