package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.memory.RegionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Words of every kind of region, set to whatever another process could have written there by mistake: whoever uses it gets
 * what is there or an error that can be read, in time. Never a crash of the JVM, never a wait past its timeout, never an
 * exception of an inner part. {@code -Dfuzz.cases} and {@code -Dfuzz.seed} choose how many and which.
 */
@Timeout(value = 3 * Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegionFuzzTest {

    private static final int CASES = Integer.getInteger("fuzz.cases", 60);
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    private static final Duration MOMENT = Duration.ofMillis(5);
    /** In which all that is done in one case is over, on however busy a machine. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Every word of these is tried, and behind them those that are not zero. */
    private static final int CONTROL_BYTES = 512;

    private static final int HANGS = 7;
    /** Participants of a case: their numbers begin at 1. */
    private static final int LIVING = 4;

    @TempDir(factory = SharedMemory.class)
    Path parent;

    private interface Use {
        void run() throws Exception;
    }

    /** How the object of a kind is opened, and everything that can be done with it. */
    enum Kinds {
        QUEUE("queue-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                IpcQueue<String> queue =
                        ipc.queue("x", Codec.STRING, QueueOptions.capacity(8).withBytes(1024));
                return List.of(
                        () -> queue.offer("a message", 5, TimeUnit.MILLISECONDS),
                        () -> queue.offer("m"),
                        queue::size,
                        queue::remainingCapacity,
                        queue::peek,
                        () -> queue.poll(5, TimeUnit.MILLISECONDS),
                        queue::poll,
                        () -> queue.offer("z".repeat(2000)),
                        () -> queue.drainTo(new ArrayList<>()),
                        queue::isEndOfStream,
                        queue::unfinished,
                        () -> queue.awaitDone(MOMENT),
                        queue::taskDone);
            }
        },
        ACKNOWLEDGED("queue-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                IpcQueue<String> queue =
                        ipc.queue("x", Codec.STRING, QueueOptions.capacity(8).withAcknowledgement());
                return List.of(
                        () -> queue.offer("a message", 5, TimeUnit.MILLISECONDS),
                        () -> queue.offer("m"),
                        () -> {
                            Delivery<String> delivery = queue.receive(MOMENT);
                            if (delivery != null) {
                                delivery.done();
                            }
                        },
                        queue::size,
                        queue::unfinished,
                        () -> queue.awaitDone(MOMENT),
                        queue::endOfStream);
            }
        },
        PIPE("pipe-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                Connection<String> a = ipc.pipe("x", Codec.STRING, End.A);
                Connection<String> b = ipc.pipe("x", Codec.STRING, End.B);
                return List.of(
                        () -> a.send("one", MOMENT),
                        () -> b.send("a longer one", MOMENT),
                        () -> a.receive(MOMENT),
                        () -> b.receive(MOMENT),
                        a::isReady,
                        a::close,
                        () -> b.receive(MOMENT),
                        b::close);
            }
        },
        LONG("long-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedLong number = ipc.sharedLong("x", 1);
                return List.of(
                        number::incrementAndGet, () -> number.awaitChange(number.get(), MOMENT), () -> number.set(3));
            }
        },
        VALUE("value-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedValue<String> value = ipc.value("x", Codec.STRING, 40);
                return List.of(() -> value.set("something"), value::get, () -> value.set(""), value::get);
            }
        },
        LONG_ARRAY("long_array-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedLongArray array = ipc.longArray("x", 5);
                return List.of(() -> array.set(4, 9), () -> array.get(0), array::length);
            }
        },
        BYTE_ARRAY("byte_array-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedByteArray array = ipc.byteArray("x", 50);
                return List.of(() -> array.set(49, (byte) 9), () -> array.get(0), array::length);
            }
        },
        LOCK("lock-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedLock lock = ipc.lock("x");
                return List.of(() -> locked(lock), () -> locked(lock));
            }

            private void locked(SharedLock lock) throws InterruptedException {
                if (lock.acquire(MOMENT) != null && lock.isHeldByCurrentThread()) {
                    lock.unlock();
                }
            }
        },
        CONDITION("condition-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedLock lock = ipc.lock("x");
                var condition = lock.newCondition();
                return List.of(() -> {
                    if (lock.acquire(MOMENT) != null && lock.isHeldByCurrentThread()) {
                        condition.signal();
                        condition.await(5, TimeUnit.MILLISECONDS);
                        condition.signalAll();
                        lock.unlock();
                    }
                });
            }
        },
        SEMAPHORE("semaphore-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedSemaphore semaphore = ipc.semaphore("x", 3);
                return List.of(
                        () -> {
                            if (semaphore.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                                semaphore.release();
                            }
                        },
                        semaphore::availablePermits);
            }
        },
        LATCH("latch-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedLatch latch = ipc.latch("x", 2);
                return List.of(latch::getCount, latch::countDown, () -> latch.await(MOMENT));
            }
        },
        EVENT("event-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedEvent event = ipc.event("x");
                return List.of(() -> event.await(MOMENT), event::set, event::isSet, event::clear);
            }
        },
        BARRIER("barrier-x") {
            @Override
            List<Use> uses(Ipc ipc) {
                SharedBarrier barrier = ipc.barrier("x", 2);
                return List.of(() -> barrier.await(MOMENT), barrier::isBroken, barrier::reset);
            }
        };

        private final String file;

        Kinds(String file) {
            this.file = file;
        }

        /** Opens it, or makes it. */
        abstract List<Use> uses(Ipc ipc);
    }

    @ParameterizedTest
    @EnumSource
    void whateverStandsInAWord(Kinds kind) throws Exception {
        try (Child child = Child.start(RegionFuzzTest.class, "fuzz", kind, parent, SEED, CASES)) {
            List<String> said;
            try {
                said = child.rest();
            } catch (AssertionError e) {
                throw new AssertionError("-Dfuzz.seed=" + SEED + ", after " + child.last(), e);
            }
            assertThat(said).as("-Dfuzz.seed=" + SEED).containsExactly("done " + CASES);
        }
    }

    /** In the child: says what should not have been, and at last how many cases there were. */
    static void fuzz(String[] args) throws Exception {
        Kinds kind = Kinds.valueOf(args[0]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[2]) + kind.ordinal());
        int cases = Integer.parseInt(args[3]);
        for (int i = 0; i < cases; i++) {
            Path home = Files.createTempDirectory(Path.of(args[1]), "fuzz-");
            Thread watch = watch(Thread.currentThread());
            one(kind, home, random, i % 2 == 0);
            watch.interrupt();
            delete(home);
        }
        Child.say("done " + cases);
    }

    private static void one(Kinds kind, Path home, SplittableRandom random, boolean whileOpen) throws Exception {
        Path file = home.resolve(kind.file);
        String what;
        try (Ipc ipc = Ipc.open(home)) {
            List<Use> uses = kind.uses(ipc);
            // Something lies in it, and most of what there is has been used.
            use(uses.subList(0, Math.min(2, uses.size())), "nothing spoiled");
            if (whileOpen) {
                what = spoil(file, random);
                use(uses, what);
                return;
            }
        }
        if (!Files.exists(file)) {
            return; // A pipe whose both ends are closed has no file any more.
        }
        what = spoil(file, random);
        try (Ipc ipc = Ipc.open(home)) {
            List<Use> uses = new ArrayList<>();
            use(List.of(() -> uses.addAll(kind.uses(ipc))), what);
            use(uses, what);
        }
    }

    private static void use(List<Use> uses, String what) {
        for (int i = 0; i < uses.size(); i++) {
            try {
                uses.get(i).run();
            } catch (IpcException
                    | IllegalStateException
                    | IllegalMonitorStateException
                    | TimeoutException
                    | BrokenBarrierException e) {
                if (e.getMessage() == null && e instanceof IpcException) {
                    Child.say(what + ", use " + i + ": an error without words: " + e);
                }
            } catch (RegionException e) {
                Child.say(what + ", use " + i + ": an exception of an inner part: " + e);
            } catch (Throwable t) {
                Child.say(what + ", use " + i + ": " + t + " at "
                        + List.of(t.getStackTrace()).stream().limit(4).toList());
            }
        }
    }

    /** Changes one word, and says which and how. */
    private static String spoil(Path file, SplittableRandom random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer all = ByteBuffer.allocate((int) channel.size()).order(ByteOrder.nativeOrder());
            channel.read(all, 0);
            List<Integer> words = new ArrayList<>();
            for (int at = 0; at + Long.BYTES <= all.capacity(); at += Long.BYTES) {
                if (at < CONTROL_BYTES || all.getLong(at) != 0) {
                    words.add(at);
                }
            }
            int at = words.get(random.nextInt(words.size()));
            long old = all.getLong(at);
            long now = hostile(old, random);
            if (now > 0 && now <= LIVING) {
                now += 1_000; // It would say that a process holds a lock that is well, and who waits for it does right.
            }
            ByteBuffer word = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            channel.write(word.putLong(0, now), at);
            return file.getFileName() + " at " + at + ": " + old + " -> " + now;
        }
    }

    private static long hostile(long old, SplittableRandom random) {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> Long.MIN_VALUE;
            case 4 -> old ^ 1L << random.nextInt(Long.SIZE);
            case 5 -> old + 1;
            case 6 -> old - 1;
            case 7 -> random.nextInt(100);
            case 8 -> (long) random.nextInt() << Integer.SIZE | random.nextInt();
            default -> random.nextInt();
        };
    }

    /** Ends this process, with the stack of the thread, if it takes too long. */
    private static Thread watch(Thread watched) {
        Thread watch = new Thread(() -> {
            try {
                TimeUnit.NANOSECONDS.sleep(LIMIT_NANOS);
            } catch (InterruptedException e) {
                return; // All is well.
            }
            Child.say("hangs at " + List.of(watched.getStackTrace()));
            Runtime.getRuntime().halt(HANGS);
        });
        watch.setDaemon(true);
        watch.start();
        return watch;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }
}
