package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Takes messages from the queue {@code queue} until its end, now one by one, now with a timeout, now several at once. */
public final class QueueConsumer {

    private QueueConsumer() {}

    public static void main(String[] args) throws InterruptedException {
        Job job = Job.fromProperties();
        SplittableRandom random = job.random();
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<byte[]> queue = ipc.queue(QueueProducer.QUEUE, Codec.BYTES, QueueProducer.options(job));
            Pace pace = new Pace(random.split());
            List<byte[]> batch = new ArrayList<>();
            while (true) {
                pace.step();
                takeSome(queue, random, batch);
            }
        } catch (EndOfStreamException e) {
            // All producers have said that no more will come, and the queue is empty: that is how this program ends.
            return;
        }
    }

    private static void takeSome(IpcQueue<byte[]> queue, SplittableRandom random, List<byte[]> batch)
            throws InterruptedException {
        int way = random.nextInt(16);
        if (way == 0) {
            batch.clear();
            queue.drainTo(batch, 8);
        } else if (way == 1) {
            queue.poll();
        } else if (way == 2) {
            queue.poll(1, TimeUnit.MILLISECONDS);
        } else {
            queue.take();
        }
    }
}
