package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedLong;
import io.github.ipcharness.ipc.SharedLongArray;
import io.github.ipcharness.ipc.SharedValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the value programs share, by name. */
final class SharedThings {

    static final int ELEMENTS = 4;

    /** Who has not come after so long never will: a fault may have killed it on its way. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

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
    /** Writers that a fault killed and that were started again. */
    private final SharedLong restarted;
    /** Each is held by one writer for as long as it writes. Whoever gets it knows that it has finished, or is dead. */
    private final List<SharedLock> writing = new ArrayList<>();

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
        this.restarted = job.restarts() == 0 ? null : ipc.sharedLong("restarted", 0);
        for (int writer = 0; writer < job.allProducers(); writer++) {
            writing.add(ipc.lock("writing-" + writer));
        }
    }

    void startToWrite() throws InterruptedException {
        mine().lock();
        if (job.restart() > 0) {
            restarted.incrementAndGet();
        }
        start();
    }

    private SharedLock mine() {
        return writing.get(job.restart() == 0 ? job.index() : job.producers() + job.restart() - 1);
    }

    void finishWriting() {
        mine().unlock();
    }

    /** Waits until everyone is here: values that are written before anyone reads prove nothing. */
    void start() throws InterruptedException {
        started.incrementAndGet();
        await(started, job.producers() + job.consumers());
    }

    private static void await(SharedLong number, long atLeast) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long seen = number.get();
        for (long left = PATIENCE.toNanos(); seen < atLeast && left > 0; left = deadline - System.nanoTime()) {
            seen = number.awaitChange(seen, Duration.ofNanos(left));
        }
    }

    /** Waits until each writer has finished or died, those that were started again as well. */
    void awaitWriters() throws InterruptedException {
        for (int writer = 0; writer < writing.size(); writer++) {
            if (writer >= job.producers()) {
                await(restarted, writer - job.producers() + 1L);
            }
            writing.get(writer).acquire();
            writing.get(writer).unlock();
        }
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
