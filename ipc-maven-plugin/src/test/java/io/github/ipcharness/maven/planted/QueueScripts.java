package io.github.ipcharness.maven.planted;

import io.github.ipcharness.maven.planted.Planted.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;

/** What many planted queues are put through. Values of producer p are p * 1,000,000 + 1, 2, 3 ... */
final class QueueScripts {

    private static final long STRIDE = 1_000_000;

    private QueueScripts() {}

    /** One producer puts them all; then one consumer takes them all. */
    static Script fillThenDrain(PlainQueue queue, int count) {
        return stage -> {
            stage.producer(queue).offer(1, count);
            stage.consumer(queue).drain();
        };
    }

    /** Producers put one value each in turn; then one consumer takes them all. */
    static Script inTurns(PlainQueue queue, int producers, int each) {
        return stage -> {
            List<QueueEnd> ends = producers(stage, queue, producers);
            for (int i = 1; i <= each; i++) {
                for (int p = 0; p < producers; p++) {
                    ends.get(p).offer(p * STRIDE + i);
                }
            }
            stage.consumer(queue).drain();
        };
    }

    /** All at the same time, as fast as they can. */
    static Script freely(PlainQueue queue, int producers, int consumers, int each) {
        return stage -> {
            List<Stage.Part> parts = new ArrayList<>();
            Phaser running = new Phaser(producers) {
                @Override
                protected boolean onAdvance(int phase, int registered) {
                    queue.end();
                    return true;
                }
            };
            for (QueueEnd producer : producers(stage, queue, producers)) {
                long base = parts.size() * STRIDE;
                parts.add(() -> {
                    producer.put(base + 1, base + each);
                    running.arrive();
                });
            }
            for (int c = 0; c < consumers; c++) {
                parts.add(stage.consumer(queue)::takeAll);
            }
            Stage.together(parts);
        };
    }

    private static List<QueueEnd> producers(Stage stage, PlainQueue queue, int count) {
        List<QueueEnd> ends = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            ends.add(stage.producer(queue));
        }
        return ends;
    }
}
