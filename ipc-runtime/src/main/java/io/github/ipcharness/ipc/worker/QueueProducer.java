package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.QueueOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Puts messages into the queue {@code queue}, now one by one, now with a timeout, now several at once, and then says that
 * no more will come.
 */
public final class QueueProducer {

    static final String QUEUE = "queue";
    private static final int BATCH = 8;

    private QueueProducer() {}

    public static void main(String[] args) throws InterruptedException {
        Job job = Job.fromProperties();
        SplittableRandom random = job.random();
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<byte[]> queue = ipc.queue(QUEUE, Codec.BYTES, options(job));
            Pace pace = new Pace(random.split());
            for (int sent = 0; sent < job.messages(); ) {
                int allowed = pace.allow(sent, job.messages() - sent);
                pace.step();
                sent += putSome(queue, job, random, allowed);
            }
            queue.endOfStream();
        }
    }

    static QueueOptions options(Job job) {
        return QueueOptions.capacity(job.capacity()).withProducers(job.allProducers());
    }

    private static int putSome(IpcQueue<byte[]> queue, Job job, SplittableRandom random, int left)
            throws InterruptedException {
        int way = random.nextInt(16);
        if (way == 0) {
            List<byte[]> batch = new ArrayList<>(BATCH);
            for (int i = 0; i < Math.min(left, BATCH); i++) {
                batch.add(job.payload(random));
            }
            queue.putAll(batch);
            return batch.size();
        }
        if (way == 1) {
            return queue.offer(job.payload(random), 1, TimeUnit.MILLISECONDS) ? 1 : 0;
        }
        queue.put(job.payload(random));
        return 1;
    }
}
