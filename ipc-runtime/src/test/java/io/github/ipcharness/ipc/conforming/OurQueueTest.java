package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.QueueConformance;
import io.github.ipcharness.ipc.conformance.QueueParty;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Our queue, as it is by default but for its capacity. */
class OurQueueTest extends QueueConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected int capacity() {
        return 1_000;
    }

    @Override
    protected QueueParty join(Path home) {
        return new OurQueue(home, QueueOptions.capacity(1_000));
    }
}
