package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Ipc;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads shared values until all writers have finished or died, and then once more; takes part in the counting. A reader that is
 * slower than the writers misses values: that is what shared values are like, and is counted, not judged.
 */
public final class ValueConsumer {

    private ValueConsumer() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        Job job = Job.fromProperties();
        SplittableRandom random = job.random();
        try (Ipc ipc = Ipc.open()) {
            SharedThings shared = new SharedThings(ipc, job);
            shared.start();
            FutureTask<Void> writers = new FutureTask<>(() -> {
                shared.awaitWriters();
                return null;
            });
            Thread waiter = new Thread(writers, "writers");
            waiter.setDaemon(true);
            waiter.start();
            Pace pace = new Pace(random.split());
            boolean finished;
            do {
                pace.step();
                // Looked at first, so that the last round reads after the last write.
                finished = writers.isDone();
                shared.latest.get();
                shared.state.get();
                shared.elements.get(random.nextInt(SharedThings.ELEMENTS));
                if (random.nextInt(8) == 0) {
                    shared.counter.incrementAndGet();
                    shared.incrementGuarded();
                }
            } while (!finished);
            writers.get();
        }
    }
}
