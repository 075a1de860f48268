package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedLong;
import io.github.ipcharness.ipc.SharedLongArray;
import io.github.ipcharness.ipc.SharedValue;
import java.time.Duration;

/** What the value programs share, by name. */
final class SharedThings {

    static final int ELEMENTS = 4;
    private static final Duration LONG = Duration.ofMinutes(10);

    /** Written by one writer after the other, each value once. */
    final SharedLong latest;
    /** Wide, and never to be seen half written. */
    final SharedValue<byte[]> state;
    /** Added to by everyone, atomically. */
    final SharedLong counter;
    /** Read and written back under the lock, by everyone. */
    final SharedLong guarded;

    final SharedLongArray elements;
    final SharedLock guard;

    private final SharedLong started;
    private final SharedLong finished;
    private final Job job;

    SharedThings(Ipc ipc, Job job) {
        this.job = job;
        this.latest = ipc.sharedLong("latest", 0);
        this.state = ipc.value("state", Codec.BYTES, job.messageSize());
        this.counter = ipc.sharedLong("counter", 0);
        this.guarded = ipc.sharedLong("guarded", 0);
        this.elements = ipc.longArray("elements", ELEMENTS);
        this.guard = ipc.lock("guard");
        this.started = ipc.sharedLong("started", 0);
        this.finished = ipc.sharedLong("finished", 0);
    }

    /** Waits until everyone is here: values that are written before anyone reads prove nothing. */
    void start() throws InterruptedException {
        int all = job.producers() + job.consumers();
        long here = started.incrementAndGet();
        while (here < all) {
            here = started.awaitChange(here, LONG);
        }
    }

    void finish() {
        finished.incrementAndGet();
    }

    boolean isFinished() {
        return finished.get() == job.producers();
    }

    /** An increment that is safe only because of the lock. */
    void incrementGuarded() {
        guard.lock();
        try {
            guarded.set(guarded.get() + 1);
        } finally {
            guard.unlock();
        }
    }
}
