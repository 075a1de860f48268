package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several producing and several consuming processes, each of several threads: nothing lost, doubled or overtaken. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyProcessesTest {

    private static final int PROCESSES = 3;
    private static final int THREADS = 2;
    /** A message's number is its producing thread's number times this, and a count. */
    private static final long STRIDE = 1_000_000;

    @TempDir(factory = SharedMemory.class)
    Path home;

    private static IpcQueue<byte[]> queue(Ipc ipc, String capacity, String bytes) {
        return ipc.queue(
                "q",
                Codec.BYTES,
                QueueOptions.capacity(Integer.parseInt(capacity))
                        .withBytes(Integer.parseInt(bytes))
                        .withProducers(PROCESSES));
    }

    /** Puts so many messages from each of its threads, in all ways that there are. */
    static void produce(String[] args) throws Exception {
        int process = Integer.parseInt(args[3]);
        int count = Integer.parseInt(args[4]);
        try (Ipc ipc = Ipc.open(Path.of(args[0]));
                Threads threads = new Threads()) {
            IpcQueue<byte[]> queue = queue(ipc, args[1], args[2]);
            for (int i = 0; i < THREADS; i++) {
                long first = (process * THREADS + i) * STRIDE;
                threads.run(() -> putAll(queue, first, count));
            }
            threads.awaitAll();
            queue.endOfStream();
        }
    }

    private static void putAll(IpcQueue<byte[]> queue, long first, int count) throws InterruptedException {
        Random random = new Random(first);
        int next = 0;
        while (next < count) {
            byte[] message = message(random, first + next);
            switch (random.nextInt(4)) {
                case 0 -> next += queue.offer(message) ? 1 : 0;
                case 1 -> next += queue.offer(message, 1, TimeUnit.MILLISECONDS) ? 1 : 0;
                case 2 -> {
                    List<byte[]> several = new ArrayList<>();
                    for (int i = random.nextInt(10); i >= 0 && next < count; i--) {
                        several.add(message(random, first + next++));
                    }
                    queue.putAll(several);
                }
                default -> {
                    queue.put(message);
                    next++;
                }
            }
        }
    }

    private static byte[] message(Random random, long number) {
        return Payload.of(number, Long.BYTES + random.nextInt(random.nextInt(20) == 0 ? 3000 : 60));
    }

    /** Takes in all ways that there are until the end of the stream, and says what each thread got, in order. */
    static void consume(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]));
                Threads threads = new Threads()) {
            IpcQueue<byte[]> queue = queue(ipc, args[1], args[2]);
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                threads.run(() -> Child.say(takeAll(queue, new Random(seed)).stream()
                        .map(bytes -> Long.toString(Payload.number(bytes)))
                        .collect(Collectors.joining(" "))));
            }
            threads.awaitAll();
        }
    }

    private static List<byte[]> takeAll(IpcQueue<byte[]> queue, Random random) throws InterruptedException {
        List<byte[]> taken = new ArrayList<>();
        try {
            while (true) {
                byte[] message;
                switch (random.nextInt(4)) {
                    case 0 -> message = queue.poll();
                    case 1 -> message = queue.poll(1, TimeUnit.MILLISECONDS);
                    case 2 -> {
                        message = null;
                        queue.drainTo(taken, 1 + random.nextInt(10));
                    }
                    default -> message = queue.take();
                }
                if (message != null) {
                    taken.add(message);
                }
            }
        } catch (EndOfStreamException e) {
            return taken;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Too few messages at a time, or too few bytes; and larger messages than the ring has bytes.
        "2, 65536, 1000",
        "1000, 2048, 2000",
    })
    void nothingIsLostOrDoubledAndNobodyIsOvertaken(int capacity, int bytes, int count) throws Exception {
        List<Child> children = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                children.add(Child.start(ManyProcessesTest.class, "produce", home, capacity, bytes, i, count));
                children.add(Child.start(ManyProcessesTest.class, "consume", home, capacity, bytes));
            }
            Set<Long> all = new HashSet<>();
            for (Child child : children) {
                for (String line : child.rest()) {
                    check(line, all);
                }
            }
            assertThat(all).hasSize(PROCESSES * THREADS * count);
            assertThat(all).allMatch(number -> number % STRIDE < count && number / STRIDE < PROCESSES * THREADS);
        } finally {
            children.forEach(Child::close);
        }
        assertThat(home.toFile().list()).as("messages beside the ring").noneMatch(name -> name.contains("+"));
    }

    /** What one thread took: nothing that anyone else took, and each producing thread's messages in order. */
    private static void check(String line, Set<Long> all) {
        Map<Long, Long> newest = new HashMap<>();
        for (String word : line.isEmpty() ? List.<String>of() : Arrays.asList(line.split(" "))) {
            long number = Long.parseLong(word);
            assertThat(all.add(number)).as("%d for the first time", number).isTrue();
            Long before = newest.put(number / STRIDE, number);
            assertThat(before == null || before < number)
                    .as("%d after %s", number, before)
                    .isTrue();
        }
    }

    /** Opens everything at the moment that it is told, and says what it got. */
    static void openAtOnce(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Child.say("ready");
        Child.hear();
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            try (Ipc ipc = Ipc.open(home.resolve("namespace" + i))) {
                ipc.queue("q", Codec.LONG, QueueOptions.capacity(100)).put(1L);
                ipc.sharedLong("n", 1000).incrementAndGet();
                ipc.longArray("a", 1000).incrementAndGet(999);
                ipc.value("v", Codec.LONG, 8).updateAndGet(old -> old == null ? 1 : old + 1);
                ipc.lock("l").lock();
                ipc.lock("l").unlock();
            }
        }
    }

    @Test
    void whoeverComesFirstCreatesAndAllOthersFindTheSame() throws Exception {
        int namespaces = 20;
        List<Child> children = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                children.add(Child.start(ManyProcessesTest.class, "openAtOnce", home, namespaces));
            }
            for (Child child : children) {
                child.expect("ready");
            }
            children.forEach(Child::tell);
            for (Child child : children) {
                child.awaitEnd();
            }
        } finally {
            children.forEach(Child::close);
        }
        for (int i = 0; i < namespaces; i++) {
            try (Ipc ipc = Ipc.open(home.resolve("namespace" + i))) {
                assertThat(ipc.queue("q", Codec.LONG)).hasSize(4);
                assertThat(ipc.sharedLong("n", 0).get()).isEqualTo(1004);
                assertThat(ipc.longArray("a", 1000).get(999)).isEqualTo(4);
                assertThat(ipc.value("v", Codec.LONG, 8).get()).isEqualTo(4);
                assertThat(ipc.lock("l").acquire(Duration.ZERO)).isEqualTo(Acquired.FREE);
                assertThat(ipc.home().toFile().list())
                        .as("and nothing is left of those who came second")
                        .contains("participants")
                        .isSubsetOf("bells", "participants", "queue-q", "long-n", "long_array-a", "value-v", "lock-l");
            }
        }
    }
}
