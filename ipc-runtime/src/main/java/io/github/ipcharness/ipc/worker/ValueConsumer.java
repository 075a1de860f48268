package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Ipc;
import java.util.SplittableRandom;

/**
 * Reads shared values until all writers have finished, and then once more; takes part in the counting. A reader that is
 * slower than the writers misses values: that is what shared values are like, and is counted, not judged.
 */
public final class ValueConsumer {

    private ValueConsumer() {}

    public static void main(String[] args) throws InterruptedException {
        Job job = Job.fromProperties();
        SplittableRandom random = job.random();
        try (Ipc ipc = Ipc.open()) {
            SharedThings shared = new SharedThings(ipc, job);
            shared.start();
            boolean finished;
            do {
                // Looked at first, so that the last round reads after the last write.
                finished = shared.isFinished();
                shared.latest.get();
                shared.state.get();
                shared.elements.get(random.nextInt(SharedThings.ELEMENTS));
                if (random.nextInt(8) == 0) {
                    shared.counter.incrementAndGet();
                    shared.incrementGuarded();
                }
            } while (!finished);
        }
    }
}
