package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.QueueConformance;
import io.github.ipcharness.ipc.conformance.QueueParty;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Our queue, of so few bytes that most of what the suite puts lies beside the ring. */
class OurSmallQueueTest extends QueueConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected int capacity() {
        return 7;
    }

    @Override
    protected QueueParty join(Path home) {
        return new OurQueue(home, QueueOptions.capacity(7).withBytes(1024));
    }
}
