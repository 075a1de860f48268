package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.QueueConformance;
import io.github.ipcharness.ipc.conformance.QueueParty;
import java.nio.file.Path;

/** A queue in a file, which is nothing like ours. */
class FileQueueTest extends QueueConformance {

    @Override
    protected int capacity() {
        return 50;
    }

    @Override
    protected QueueParty join(Path home) {
        return new FileQueue(home, capacity());
    }
}
