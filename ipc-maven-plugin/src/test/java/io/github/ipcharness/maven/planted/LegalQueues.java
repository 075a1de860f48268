package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.legal;
import static io.github.ipcharness.maven.planted.QueueScripts.fillThenDrain;
import static io.github.ipcharness.maven.planted.QueueScripts.freely;
import static io.github.ipcharness.maven.planted.QueueScripts.inTurns;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.maven.check.Guarantee;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Queues that keep their contract, in ways that look odd. */
final class LegalQueues {

    private static final long SEED = 20_261_123;

    private LegalQueues() {}

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>();
        all.addAll(speeds());
        all.addAll(pending());
        all.addAll(overlapping());
        all.addAll(bounded());
        all.addAll(weaker());
        return all;
    }

    private static List<Planted> speeds() {
        return List.of(
                legal("slow consumer", fillThenDrain(new PlainQueue(), 2_000)),
                legal("producers that take turns", inTurns(new PlainQueue(), 4, 50)),
                legal("producers and consumers run freely", freely(new PlainQueue(), 3, 3, 2_000)),
                legal("bursts", LegalQueues::bursts),
                legal("timeouts as empty", LegalQueues::timeouts),
                legal("numbers below zero and far apart", LegalQueues::extremes));
    }

    private static List<Planted> pending() {
        return List.of(
                legal("pending put that is delivered", stage -> pendingPut(stage, true)),
                legal("pending put that never is", stage -> pendingPut(stage, false)),
                legal("many pending puts, every other delivered", LegalQueues::pendingPuts),
                legal("consumer killed holding a message", LegalQueues::killedConsumer),
                legal("consumer killed that held nothing", LegalQueues::idleKilledConsumer),
                legal("three consumers killed, out of order", LegalQueues::killedConsumers),
                legal("ended with much left", LegalQueues::leftOver).undrained());
    }

    private static List<Planted> overlapping() {
        return List.of(
                legal("all puts overlap, delivered in any order", stage -> shuffled(stage, false)),
                legal("all operations overlap", stage -> shuffled(stage, true)),
                legal("got before its put returned", LegalQueues::lateAcknowledgement),
                legal("very long intervals", LegalQueues::longIntervals),
                legal("two consumers tell in the other order", LegalQueues::tellInOtherOrder),
                legal("empty while a put is under way", LegalQueues::emptyMeanwhile),
                legal("empty between two that touch", LegalQueues::emptyBetween),
                legal("batches", LegalQueues::batches));
    }

    private static List<Planted> bounded() {
        return List.of(
                legal("capacity 1", promising(1, freely(new PlainQueue(1), 2, 2, 300))),
                legal("capacity 4, running freely", promising(4, freely(new PlainQueue(4), 3, 2, 300))),
                legal("puts that fail full", promising(4, LegalQueues::refused)),
                legal("full while a get is under way", promising(1, LegalQueues::fullMeanwhile)),
                legal("full of a put that never returned", promising(1, LegalQueues::fullOfPending)),
                legal("interrupted calls without effect", LegalQueues::withoutEffect));
    }

    private static List<Planted> weaker() {
        return List.of(
                legal("swaps across producers, who promise nothing", inTurns(new BrokenQueues.SwapsTwo(7), 2, 10))
                        .under(Guarantee.PRODUCER_ORDER),
                legal("one shard for each producer, so promised", inTurns(new BrokenQueues.Shards(), 2, 50))
                        .under(Guarantee.PRODUCER_ORDER),
                legal("last in, first out, order free", fillThenDrain(new BrokenQueues.Stack(), 50))
                        .under(Guarantee.UNORDERED));
    }

    private static Planted.Script promising(int capacity, Planted.Script script) {
        return stage -> {
            stage.promiseCapacity(capacity);
            script.play(stage);
        };
    }

    private static void bursts(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        long next = 1;
        for (int burst = 1; burst <= 64; burst *= 2) {
            producer.offer(next, next + burst - 1);
            next += burst;
            consumer.poll(burst / 2 + 1);
        }
        consumer.drain();
    }

    private static void timeouts(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        for (int i = 1; i <= 10; i++) {
            consumer.poll(3);
            producer.offer(i);
            consumer.poll(2);
        }
    }

    private static void extremes(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            producer.offer(value);
        }
        stage.consumer(queue).drain();
    }

    private static void pendingPut(Stage stage, boolean delivered) {
        PlainQueue queue = new PlainQueue();
        QueueEnd killed = stage.producer(queue);
        killed.offer(1, 3);
        killed.beginPut(4);
        if (delivered) {
            queue.offer(4);
        }
        stage.producer(queue).offer(5, 8);
        stage.consumer(queue).drain();
    }

    /** Forty producers are killed inside a put. What was delivered came in another order than the calls. */
    private static void pendingPuts(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producers = stage.producer(queue);
        for (int i = 1; i <= 40; i++) {
            producers.beginPut(i);
        }
        for (int i = 40; i > 0; i -= 2) {
            queue.offer(i);
        }
        stage.consumer(queue).drain();
    }

    private static void killedConsumer(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.producer(queue).offer(1, 10);
        QueueEnd killed = stage.consumer(queue);
        killed.poll(3);
        killed.beginGet();
        queue.poll();
        stage.consumer(queue).drain();
    }

    private static void idleKilledConsumer(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.consumer(queue).beginGet();
        stage.producer(queue).offer(1, 10);
        stage.consumer(queue).drain();
    }

    /** Each took one that others had overtaken already, because it had asked long before. */
    private static void killedConsumers(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        for (int i = 0; i < 3; i++) {
            stage.consumer(queue).beginGet();
        }
        QueueEnd consumer = stage.consumer(queue);
        for (int i = 1; i <= 12; i++) {
            producer.offer(i);
            if (i % 4 == 0) {
                queue.poll();
            } else {
                consumer.poll();
            }
        }
        consumer.drain();
    }

    private static void leftOver(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.producer(queue).offer(1, 100);
        stage.consumer(queue).poll(10);
    }

    /** All calls begin before any of them ends, so that every order is possible. */
    private static void shuffled(Stage stage, boolean getsToo) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        List<Long> values = new ArrayList<>();
        List<Call> puts = new ArrayList<>();
        List<Call> gets = new ArrayList<>();
        for (long value = 1; value <= 50; value++) {
            values.add(value);
            puts.add(producer.beginPut(value));
            if (getsToo) {
                gets.add(consumer.beginGet());
            }
        }
        Collections.shuffle(values, new Random(SEED));
        values.forEach(queue::offer);
        Collections.shuffle(gets, new Random(SEED));
        gets.forEach(get -> get.ok(queue.poll()));
        Stage.tick();
        puts.forEach(Call::ok);
        consumer.drain();
    }

    private static void lateAcknowledgement(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        for (int i = 1; i <= 5; i++) {
            Call put = producer.beginPut(i);
            queue.offer(i);
            consumer.poll();
            Stage.tick();
            put.ok();
        }
    }

    /** One put and one get last from the beginning to the end, while a thousand others come and go. */
    private static void longIntervals(Stage stage) {
        PlainQueue queue = new PlainQueue();
        Call longPut = stage.producer(queue).beginPut(5_000);
        Call longGet = stage.consumer(queue).beginGet();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        for (int i = 1; i <= 1_000; i++) {
            producer.offer(i);
            consumer.poll(2);
        }
        queue.offer(5_000);
        longGet.ok(queue.poll());
        longPut.ok();
    }

    private static void tellInOtherOrder(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.producer(queue).offer(1, 2);
        Call slow = stage.consumer(queue).beginGet();
        long first = queue.poll();
        stage.consumer(queue).poll();
        Stage.tick();
        slow.ok(first);
    }

    private static void emptyMeanwhile(Stage stage) {
        PlainQueue queue = new PlainQueue();
        Call put = stage.producer(queue).beginPut(1);
        QueueEnd consumer = stage.consumer(queue);
        consumer.poll(2);
        queue.offer(1);
        put.ok();
        consumer.poll();
    }

    /** Something was inside before and after, but one may have left before the other came. */
    private static void emptyBetween(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        producer.offer(1);
        Call empty = stage.consumer(queue).beginGet();
        stage.consumer(queue).poll();
        empty.empty();
        producer.offer(2);
        stage.consumer(queue).poll();
    }

    /** Ten calls begin together and end together. */
    private static void batches(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        for (int first = 1; first <= 91; first += 10) {
            List<Call> puts = new ArrayList<>();
            for (int value = first; value < first + 10; value++) {
                puts.add(producer.beginPut(value));
                queue.offer(value);
            }
            puts.forEach(Call::ok);
            List<Call> gets = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                gets.add(consumer.beginGet());
            }
            // A batch is read from its end.
            Collections.reverse(gets);
            gets.forEach(get -> get.ok(queue.poll()));
        }
    }

    private static void refused(Stage stage) {
        PlainQueue queue = new PlainQueue(4);
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        for (int i = 0; i < 20; i++) {
            producer.offer(10L * i, 10L * i + 6);
            consumer.poll(3);
        }
        consumer.drain();
    }

    private static void fullMeanwhile(Stage stage) {
        PlainQueue queue = new PlainQueue(1);
        QueueEnd producer = stage.producer(queue);
        producer.offer(1);
        Call get = stage.consumer(queue).beginGet();
        producer.offer(2);
        get.ok(queue.poll());
    }

    private static void fullOfPending(Stage stage) {
        PlainQueue queue = new PlainQueue(1);
        stage.producer(queue).beginPut(1);
        queue.offer(1);
        stage.producer(queue).offer(2);
    }

    private static void withoutEffect(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        producer.beginPut(1).noEffect();
        producer.offer(1);
        consumer.beginGet().noEffect();
        consumer.drain();
    }
}
