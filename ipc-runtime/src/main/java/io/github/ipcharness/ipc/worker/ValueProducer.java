package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Ipc;
import java.util.SplittableRandom;

/** Writes shared values, adds to a counter, and increments another under a lock. */
public final class ValueProducer {

    private ValueProducer() {}

    public static void main(String[] args) throws InterruptedException {
        Job job = Job.fromProperties();
        SplittableRandom random = job.random();
        try (Ipc ipc = Ipc.open()) {
            SharedThings shared = new SharedThings(ipc, job);
            shared.startToWrite();
            Pace pace = new Pace(random.split());
            for (int i = 0; i < job.messages(); i++) {
                pace.allow(i, 1);
                pace.step();
                shared.latest.set((long) i * job.producers() + job.index() + 1);
                if (i % 2 == 0) {
                    shared.state.set(job.payload(random));
                    shared.counter.incrementAndGet();
                }
                if (i % 8 == 0) {
                    shared.elements.incrementAndGet(random.nextInt(SharedThings.ELEMENTS));
                    shared.incrementGuarded();
                }
            }
            shared.finishWriting();
        }
    }
}
