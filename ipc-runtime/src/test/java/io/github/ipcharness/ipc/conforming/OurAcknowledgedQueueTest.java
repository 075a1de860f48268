package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.QueueConformance;
import io.github.ipcharness.ipc.conformance.QueueParty;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Our queue whose messages are acknowledged. */
class OurAcknowledgedQueueTest extends QueueConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected int capacity() {
        return 100;
    }

    @Override
    protected QueueParty join(Path home) {
        return new OurAcknowledgedQueue(home, QueueOptions.capacity(100).withAcknowledgement());
    }
}
