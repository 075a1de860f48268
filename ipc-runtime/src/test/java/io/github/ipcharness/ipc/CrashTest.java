package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed at random instants: what they had said was done is done, what they had not said is done or
 * not, and the others go on.
 */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashTest {

    private static final int KILLS = 40;
    private static final int LARGEST_BATCH = 5;
    /** A message's number is its producer's number times this, and a count. */
    private static final long STRIDE = 1_000_000;

    @TempDir(factory = SharedMemory.class)
    Path home;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    // ---- a queue ----

    private static IpcQueue<byte[]> queue(Ipc ipc, int producers) {
        // Often full and often empty; the longest messages do not fit the ring.
        return ipc.queue(
                "q", Codec.BYTES, QueueOptions.capacity(8).withBytes(2048).withProducers(producers));
    }

    /** One write, and an end that shows whether all of the line has got out of a process that was killed. */
    private static void sayNumber(long number) {
        Child.say(number + ";");
    }

    /** Puts one message after the other until told to end, and says of each when it is in. */
    static void produce(String[] args) throws Exception {
        AtomicBoolean told = new AtomicBoolean();
        Thread ear = new Thread(() -> {
            try {
                Child.hear();
                told.set(true);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        ear.setDaemon(true);
        ear.start();
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<byte[]> queue = queue(ipc, Integer.parseInt(args[1]));
        long number = Long.parseLong(args[2]) * STRIDE;
        Random random = new Random(number);
        while (!told.get()) {
            List<byte[]> some = new ArrayList<>();
            for (int i = random.nextInt(4) == 0 ? random.nextInt(LARGEST_BATCH) : 0; i >= 0; i--) {
                some.add(Payload.of(number + some.size(), Long.BYTES + random.nextInt(i % 10 == 9 ? 5000 : 300)));
            }
            if (some.size() == 1) {
                queue.put(some.get(0));
            } else {
                queue.putAll(some);
            }
            for (int i = 0; i < some.size(); i++) {
                sayNumber(number++);
            }
        }
        queue.endOfStream();
    }

    /** Takes one message after the other until the end of the stream, and says of each when it is out. */
    static void consume(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<byte[]> queue = queue(ipc, Integer.parseInt(args[1]));
        try {
            while (true) {
                sayNumber(Payload.number(queue.take()));
            }
        } catch (EndOfStreamException e) {
            // As it should.
        }
    }

    /** A process, and what it has said so far. */
    private static final class Worker {
        private final Child child;
        private final List<Long> said = new ArrayList<>();
        private boolean killed;

        Worker(Child child) {
            this.child = child;
        }

        void hear(int lines) throws InterruptedException {
            for (int i = 0; i < lines; i++) {
                hear(child.line());
            }
        }

        private void hear(String line) {
            if (line.endsWith(";")) {
                said.add(Long.parseLong(line.substring(0, line.length() - 1)));
            } else {
                assertThat(killed)
                        .as("only a kill cuts a line short: '%s'", line)
                        .isTrue();
            }
        }

        void kill() throws InterruptedException {
            child.kill();
            killed = true;
            child.last().forEach(this::hear);
        }

        void finish() throws InterruptedException {
            child.rest().forEach(this::hear);
        }
    }

    /** All workers of a kind, dead or alive; the living ones are the last ones. */
    private final class Workers {
        private final List<Worker> all = new ArrayList<>();
        private final List<Worker> living = new ArrayList<>();
        private final String method;
        private final int producers;

        Workers(String method, int producers) {
            this.method = method;
            this.producers = producers;
        }

        void start() {
            Worker worker = new Worker(Child.start(CrashTest.class, method, home, producers, all.size()));
            all.add(worker);
            living.add(worker);
        }

        /** At a random instant after it has done something: a producer that never came is not waited for. */
        void killOne() throws InterruptedException {
            Worker victim = living.remove(random.nextInt(living.size()));
            victim.hear(1 + random.nextInt(50));
            long until = System.nanoTime() + random.nextInt(2_000_000);
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
            victim.kill();
        }

        void close() {
            all.forEach(worker -> worker.child.close());
        }
    }

    @Test
    void aQueueSurvivesItsProducersAndConsumers() throws Exception {
        System.out.println("CrashTest: seed " + seed);
        boolean[] killsProducer = new boolean[KILLS];
        int producers = 2;
        for (int i = 0; i < KILLS; i++) {
            killsProducer[i] = random.nextBoolean();
            producers += killsProducer[i] ? 1 : 0;
        }
        Workers producing = new Workers("produce", producers);
        Workers consuming = new Workers("consume", producers);
        try {
            for (int i = 0; i < 2; i++) {
                producing.start();
                consuming.start();
            }
            for (boolean producer : killsProducer) {
                Workers workers = producer ? producing : consuming;
                workers.start();
                workers.killOne();
            }
            for (Worker worker : producing.living) {
                worker.child.tell();
                worker.finish();
            }
            for (Worker worker : consuming.living) {
                worker.finish();
            }
        } finally {
            producing.close();
            consuming.close();
        }
        judge(producing.all, consuming.all);
        try (Ipc ipc = Ipc.open(home)) {
            assertThat(queue(ipc, producers)).isEmpty();
            assertThat(home.toFile().list()).as("messages beside the ring").noneMatch(name -> name.contains("+"));
        }
    }

    private void judge(List<Worker> producers, List<Worker> consumers) {
        Set<Long> delivered = new HashSet<>();
        int killedConsumers = 0;
        for (Worker consumer : consumers) {
            killedConsumers += consumer.killed ? 1 : 0;
            Map<Long, Long> newest = new HashMap<>();
            for (long number : consumer.said) {
                assertThat(delivered.add(number))
                        .as("%d for the first time, seed %d", number, seed)
                        .isTrue();
                Long before = newest.put(number / STRIDE, number);
                assertThat(before == null || before < number)
                        .as("%d after %s, seed %d", number, before, seed)
                        .isTrue();
            }
        }
        Set<Long> lost = new HashSet<>();
        Set<Long> unasked = new HashSet<>(delivered);
        for (int i = 0; i < producers.size(); i++) {
            Worker producer = producers.get(i);
            long next = i * STRIDE;
            for (long number : producer.said) {
                assertThat(number).as("seed %d", seed).isEqualTo(next++);
                if (!unasked.remove(number)) {
                    lost.add(number);
                }
            }
            for (int j = 0; producer.killed && j < LARGEST_BATCH; j++) {
                // Put, perhaps, by a process that did not live to say so.
                unasked.remove(next++);
            }
        }
        assertThat(unasked).as("delivered, but never put; seed %d", seed).isEmpty();
        assertThat(lost.size())
                .as("acknowledged and not delivered: %s; consumers killed, seed %d", lost, seed)
                .isLessThanOrEqualTo(killedConsumers);
    }

    // ---- the making of things ----

    /** Makes everything, in one namespace after the other, for ever. */
    static void create(String[] args) {
        for (long i = Long.parseLong(args[1]); true; i++) {
            Path namespace = Path.of(args[0], Long.toString(i));
            sayNumber(i);
            try (Ipc ipc = Ipc.open(namespace)) {
                ipc.queue("q", Codec.INT, QueueOptions.capacity(10)).offer(1);
                ipc.pipe("p", Codec.INT, End.A);
                ipc.sharedLong("n", 17);
                ipc.byteArray("image", 3_000_000).set(2_999_999, (byte) 1);
                ipc.value("v", Codec.INT, 4).set(1);
                ipc.lock("l").lock();
            }
        }
    }

    @Test
    void aProcessKilledWhileItMakesThingsLeavesThemWholeOrNotMade() throws Exception {
        System.out.println("CrashTest: seed " + seed);
        long next = 0;
        for (int round = 0; round < 8; round++) {
            Worker worker = new Worker(Child.start(CrashTest.class, "create", home, next));
            try {
                worker.hear(1 + random.nextInt(20));
                long until = System.nanoTime() + random.nextInt(8_000_000);
                while (System.nanoTime() - until < 0) {
                    Thread.onSpinWait();
                }
                worker.kill();
            } finally {
                worker.child.close();
            }
            long last = worker.said.get(worker.said.size() - 1);
            try (Ipc ipc = Ipc.open(home.resolve(Long.toString(last)))) {
                assertThat(ipc.home().toFile().list())
                        .as("half made, seed %d", seed)
                        .noneMatch(name -> name.startsWith("."));
                IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
                assertThat(queue.size()).isLessThanOrEqualTo(1);
                queue.clear();
                queue.put(2);
                assertThat(queue.take()).isEqualTo(2);
                assertThat(ipc.sharedLong("n", 17).incrementAndGet()).isEqualTo(18);
                ipc.byteArray("image", 3_000_000).set(0, (byte) 2);
                ipc.value("v", Codec.INT, 4).set(2);
                assertThat(ipc.lock("l").acquire(Duration.ZERO)).isNotNull();
                ipc.lock("l").unlock();
                tryThePipe(ipc);
            }
            next = last + 1;
        }
    }

    /** Its end A is dead, if it was ever held; or both are free. */
    private static void tryThePipe(Ipc ipc) throws InterruptedException {
        try (Connection<Integer> right = ipc.pipe("p", Codec.INT, End.B)) {
            try (Connection<Integer> left = ipc.pipe("p", Codec.INT, End.A)) {
                left.send(1);
                assertThat(right.receive()).isEqualTo(1);
            } catch (IpcException e) {
                assertThat(e).hasMessageContaining("was closed or its process died");
            }
        }
        try (Connection<Integer> right = ipc.pipe("p", Codec.INT, End.B);
                Connection<Integer> left = ipc.pipe("p", Codec.INT, End.A)) {
            left.send(2);
            assertThat(right.receive()).as("a new pipe").isEqualTo(2);
        }
    }
}
