package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.broken;
import static io.github.ipcharness.maven.planted.QueueScripts.fillThenDrain;
import static io.github.ipcharness.maven.planted.QueueScripts.freely;
import static io.github.ipcharness.maven.planted.QueueScripts.inTurns;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import io.github.ipcharness.maven.check.Guarantee;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;

/** Queues with one bug each. */
final class BrokenQueues {

    private static final long SEED = 20_261_123;

    private BrokenQueues() {}

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>();
        all.addAll(losing());
        all.addAll(doubling());
        all.addAll(reordering());
        all.addAll(bounded());
        return all;
    }

    private static List<Planted> losing() {
        return List.of(
                broken("drops one", "loss", fillThenDrain(new DropsOne(), 20)),
                broken("drops one among many processes", "loss", freely(new DropsOne(), 3, 2, 500)),
                broken("drops one, order free", "loss", freely(new DropsOne(), 2, 2, 500))
                        .under(Guarantee.UNORDERED),
                broken("loses on wake-up", "loss", BrokenQueues::wakeUp),
                broken("acknowledges, then dies with it", "loss", BrokenQueues::killedProducer),
                broken("prefetched for a consumer that died", "loss", BrokenQueues::killedConsumer),
                broken("empty though it is not", "empty", BrokenQueues::cachedTail));
    }

    private static List<Planted> doubling() {
        return List.of(
                broken("delivers one twice", "duplicate", fillThenDrain(new DeliversTwice(), 20)),
                broken("delivers one twice among many", "duplicate", freely(new DeliversTwice(), 2, 3, 500)),
                broken("redelivers what was slow", "duplicate", BrokenQueues::redelivery),
                broken("invents a value when empty", "invented", fillThenDrain(new ReadsEmptySlot(), 3)),
                broken("delivers before it was put", "invented", BrokenQueues::guessed),
                broken("truncates a large message", "invented", BrokenQueues::truncated));
    }

    private static List<Planted> reordering() {
        return List.of(
                broken("swaps two", "order", fillThenDrain(new SwapsTwo(7), 20)),
                broken("swaps two of one producer", "order", fillThenDrain(new SwapsTwo(7), 20))
                        .under(Guarantee.PRODUCER_ORDER),
                broken("swaps two, across producers only", "order", inTurns(new SwapsTwo(7), 2, 10)),
                broken("reorders after the wrap", "order", BrokenQueues::wrap),
                broken("last in, first out", "order", fillThenDrain(new Stack(), 20)),
                broken("one shard for each producer", "order", inTurns(new Shards(), 2, 5)),
                broken("swaps two once in 100,000", "order", freely(new SwapsTwo(someTime(100_000)), 1, 1, 100_000)));
    }

    private static List<Planted> bounded() {
        return List.of(
                broken("full though it is not", "full", BrokenQueues::cachedHead),
                broken("over-full by one", "capacity", stage -> {
                    stage.promiseCapacity(4);
                    fillThenDrain(new PlainQueue(5), 5).play(stage);
                }),
                broken("two squeeze into the last place", "capacity", BrokenQueues::squeeze),
                broken("refuses, and delivers all the same", "invented", fillThenDrain(new RefusesInVain(4), 5)));
    }

    private static int someTime(int count) {
        return 1 + new Random(SEED).nextInt(count - 2);
    }

    static final class DropsOne extends PlainQueue {
        private int offered;

        @Override
        synchronized boolean offer(long value) {
            return ++offered == 7 || super.offer(value);
        }
    }

    /** A value goes to who waits for it, even if he has given up waiting. */
    static final class HandsOver extends PlainQueue {
        private boolean waiting;

        @Override
        synchronized boolean offer(long value) {
            boolean gone = waiting;
            waiting = false;
            return gone || super.offer(value);
        }

        @Override
        synchronized Long poll() {
            Long value = super.poll();
            waiting = value == null;
            return value;
        }
    }

    private static void wakeUp(Stage stage) {
        PlainQueue queue = new HandsOver();
        stage.consumer(queue).poll();
        stage.producer(queue).offer(1);
        stage.consumer(queue).drain();
    }

    /** Sends four values at a time; until then they are in the producer's memory. */
    static final class Batches extends PlainQueue {
        private final List<Long> unsent = new ArrayList<>();

        @Override
        synchronized boolean offer(long value) {
            unsent.add(value);
            if (unsent.size() == 4) {
                values.addAll(unsent);
                unsent.clear();
            }
            return true;
        }
    }

    private static void killedProducer(Stage stage) {
        PlainQueue queue = new Batches();
        QueueEnd producer = stage.producer(queue);
        producer.offer(1, 6);
        producer.beginPut(7);
        stage.consumer(queue).drain();
    }

    private static void killedConsumer(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.producer(queue).offer(1, 10);
        QueueEnd killed = stage.consumer(queue);
        killed.poll(3);
        killed.beginGet();
        // It had asked for one, and the broker gave it three.
        queue.poll();
        queue.poll();
        queue.poll();
        stage.consumer(queue).drain();
    }

    /** The consumer looks at its copy of the tail, and takes a new copy only every other time. */
    static final class CachedTail extends PlainQueue {
        private int looks;
        private int known;

        @Override
        synchronized Long poll() {
            known = ++looks % 2 == 1 ? values.size() : known;
            return known-- > 0 ? super.poll() : null;
        }
    }

    private static void cachedTail(Stage stage) {
        PlainQueue queue = new CachedTail();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        producer.offer(1);
        consumer.poll();
        producer.offer(2);
        consumer.poll(2);
    }

    static final class DeliversTwice extends PlainQueue {
        private int polled;

        @Override
        synchronized Long poll() {
            return !values.isEmpty() && ++polled == 7 ? values.peek() : super.poll();
        }
    }

    private static void redelivery(Stage stage) {
        PlainQueue queue = new PlainQueue();
        stage.producer(queue).offer(1, 3);
        Call slow = stage.consumer(queue).beginGet();
        Long first = queue.poll();
        // Nobody has confirmed it in time, so it is put back for the next.
        queue.values.addFirst(first);
        stage.consumer(queue).drain();
        slow.ok(first);
    }

    /** What an empty slot holds is 0. */
    static final class ReadsEmptySlot extends PlainQueue {
        private boolean read;

        @Override
        synchronized Long poll() {
            Long value = super.poll();
            boolean invent = value == null && !read;
            read |= invent;
            return invent ? Long.valueOf(0) : value;
        }
    }

    /** Knows what will come next, and is right. */
    private static void guessed(Stage stage) {
        PlainQueue queue = new PlainQueue();
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        producer.offer(1, 2);
        consumer.poll(2);
        consumer.beginGet().ok(3);
        producer.beginPut(3).ok();
    }

    private static void truncated(Stage stage) {
        Recorder producer = stage.process("producer", Stage.QUEUE, Kind.QUEUE);
        Recorder consumer = stage.process("consumer", Stage.QUEUE, Kind.QUEUE);
        ArrayDeque<String> queue = new ArrayDeque<>();
        for (int length : new int[] {10, 60, 110}) {
            String message = "m".repeat(length);
            Call put = producer.put(message);
            queue.add(message.substring(0, Math.min(100, length)));
            put.ok();
        }
        while (!queue.isEmpty()) {
            consumer.get().ok(queue.poll());
        }
    }

    /** Holds a value back until the next one is in. */
    static final class SwapsTwo extends PlainQueue {
        private final int which;
        private int offered;
        private long held;

        SwapsTwo(int which) {
            this.which = which;
        }

        @Override
        synchronized boolean offer(long value) {
            if (++offered == which) {
                held = value;
                return true;
            }
            super.offer(value);
            return offered != which + 1 || super.offer(held);
        }
    }

    /** A ring of eight slots that computes them in another way from the second round on. */
    static final class Ring extends PlainQueue {
        private final long[] slots = new long[8];
        private int head;
        private int tail;

        @Override
        synchronized boolean offer(long value) {
            int slot = tail < slots.length ? tail : (tail ^ 1) % slots.length;
            slots[slot] = value;
            tail++;
            return true;
        }

        @Override
        synchronized Long poll() {
            return head == tail ? null : Long.valueOf(slots[head++ % slots.length]);
        }
    }

    private static void wrap(Stage stage) {
        PlainQueue ring = new Ring();
        QueueEnd producer = stage.producer(ring);
        QueueEnd consumer = stage.consumer(ring);
        producer.offer(1, 6);
        consumer.poll(6);
        producer.offer(7, 12);
        consumer.poll(6);
    }

    static final class Stack extends PlainQueue {
        @Override
        synchronized Long poll() {
            return values.pollLast();
        }
    }

    /** Even producers first, as long as they have something. */
    static final class Shards extends PlainQueue {
        private final ArrayDeque<Long> others = new ArrayDeque<>();

        @Override
        synchronized boolean offer(long value) {
            return value < 1_000_000 ? super.offer(value) : others.add(value);
        }

        @Override
        synchronized Long poll() {
            Long value = super.poll();
            return value != null ? value : others.poll();
        }
    }

    /** The producer looks at its copy of the head, and takes a new copy only when it has been refused. */
    static final class CachedHead extends PlainQueue {
        private int free;

        CachedHead(int capacity) {
            super(capacity);
            free = capacity;
        }

        @Override
        synchronized boolean offer(long value) {
            if (free == 0) {
                free = capacity - values.size();
                return false;
            }
            free--;
            return super.offer(value);
        }
    }

    private static void cachedHead(Stage stage) {
        stage.promiseCapacity(4);
        PlainQueue queue = new CachedHead(4);
        QueueEnd producer = stage.producer(queue);
        QueueEnd consumer = stage.consumer(queue);
        producer.offer(1, 4);
        consumer.poll(4);
        producer.offer(5, 8);
        consumer.drain();
    }

    /** Looks whether there is room, and adds later. */
    static final class LooksThenAdds extends PlainQueue {
        private final CyclicBarrier both = new CyclicBarrier(2);

        LooksThenAdds(int capacity) {
            super(capacity);
        }

        @Override
        boolean offer(long value) {
            boolean last = hasOnePlace();
            if (last) {
                meet();
            }
            return add(value);
        }

        private synchronized boolean hasOnePlace() {
            return values.size() == capacity - 1;
        }

        private synchronized boolean add(long value) {
            return values.add(value);
        }

        private void meet() {
            try {
                both.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void squeeze(Stage stage) throws Exception {
        stage.promiseCapacity(4);
        PlainQueue queue = new LooksThenAdds(4);
        QueueEnd one = stage.producer(queue);
        QueueEnd other = stage.producer(queue);
        one.offer(1, 3);
        Stage.together(List.of(() -> one.offer(4), () -> other.offer(5)));
        stage.consumer(queue).drain();
    }

    static final class RefusesInVain extends PlainQueue {
        RefusesInVain(int capacity) {
            super(capacity);
        }

        @Override
        synchronized boolean offer(long value) {
            return values.add(value) && values.size() <= capacity;
        }
    }
}
