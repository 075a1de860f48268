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
            shared.start();
            for (int i = 0; i < job.messages(); i++) {
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
            shared.finish();
        }
    }
}
