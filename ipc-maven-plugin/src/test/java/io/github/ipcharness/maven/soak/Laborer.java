package io.github.ipcharness.maven.soak;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.Delivery;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.Recorder;
import io.github.ipcharness.ipc.SharedEvent;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedLong;
import io.github.ipcharness.ipc.SharedValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that uses everything at once, a thread for each, until it is told to stop or is killed: so one kill strikes
 * in the middle of several things.
 */
final class Laborer {

    static final String STOP = "stop";
    static final String ORDERS = "orders";
    static final String TASKS = "tasks";
    static final String LEAKY = "leaky";
    static final String LEAKY_RAW = "leaky-raw";
    static final int CAPACITY = 64;

    private static final int PATIENCE_MILLIS = 20;
    private static final int BURST = 16;
    /** The processors are to be free for those that are just starting. */
    private static final int LONGEST_PAUSE_NANOS = 20_000_000;

    private static final int BATCH = 8;

    private final Ipc ipc;
    private final SharedEvent stop;
    private final int number;
    private final SplittableRandom random;
    private final List<Thread> threads = new ArrayList<>();
    private volatile Throwable failure;

    private interface Work {
        void once(SplittableRandom random) throws InterruptedException;
    }

    private Laborer(Ipc ipc, int number, long seed) {
        this.ipc = ipc;
        this.stop = ipc.event(STOP);
        this.number = number;
        this.random = new SplittableRandom(seed);
    }

    /** @param arguments the seed, and whether it is {@code sound} or {@code leaky} */
    public static void main(String[] arguments) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(System.getProperty("ipc.home")))) {
            Laborer laborer = new Laborer(ipc, Integer.getInteger("ipc.index"), Long.parseLong(arguments[0]));
            laborer.start(arguments[1].equals(LEAKY));
            System.out.println("works");
            for (Thread thread : laborer.threads) {
                thread.join();
            }
            if (laborer.failure != null) {
                throw new IllegalStateException(laborer.failure);
            }
        }
    }

    static IpcQueue<Integer> orders(Ipc ipc) {
        return ipc.queue(ORDERS, Codec.INT, QueueOptions.capacity(CAPACITY));
    }

    static IpcQueue<String> tasks(Ipc ipc) {
        return ipc.queue(TASKS, Codec.STRING, QueueOptions.capacity(CAPACITY).withAcknowledgement());
    }

    static IpcQueue<Long> leaky(Ipc ipc) {
        return ipc.queue(LEAKY_RAW, Codec.LONG, QueueOptions.capacity(1 << 12));
    }

    static String pipe(int number) {
        return "talk-" + number;
    }

    private void start(boolean leaky) {
        if (leaky) {
            leak();
            return;
        }
        queue();
        acknowledged();
        talk();
        values();
        lock();
    }

    private void queue() {
        IpcQueue<Integer> orders = orders(ipc);
        forever("put", chance -> orders.offer(chance.nextInt(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        forever("take", chance -> orders.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
    }

    private void acknowledged() {
        IpcQueue<String> tasks = tasks(ipc);
        forever("ask", chance -> tasks.offer("x".repeat(chance.nextInt(100)), PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        forever("do", chance -> {
            Delivery<String> task = tasks.receive(Duration.ofMillis(PATIENCE_MILLIS));
            if (task != null && chance.nextInt(8) == 0) {
                task.giveBack();
            } else if (task != null) {
                task.done();
            }
        });
    }

    private void talk() {
        Connection<Integer> connection = ipc.pipe(pipe(number), Codec.INT, End.A);
        forever("talk", chance -> {
            connection.send(chance.nextInt());
            connection.receive();
        });
    }

    private void values() {
        SharedLong counter = ipc.sharedLong("counter", 0);
        SharedValue<String> state = ipc.value("state", Codec.STRING, 200);
        forever("count", chance -> counter.getAndAdd(1 + chance.nextInt(3)));
        forever("state", chance -> {
            if (chance.nextBoolean()) {
                state.set("y".repeat(chance.nextInt(200)));
            } else {
                state.get();
            }
        });
    }

    private void lock() {
        SharedLock lock = ipc.lock("guard");
        forever("lock", chance -> {
            if (lock.acquire(Duration.ZERO) != null && lock.isHeldByCurrentThread()) {
                LockSupport.parkNanos(chance.nextInt(100_000));
                lock.unlock();
            }
        });
    }

    /** It says that a message was put while the message is still in this process's memory. */
    private void leak() {
        IpcQueue<Long> raw = leaky(ipc);
        Recorder recorder = ipc.recorder(LEAKY, Kind.QUEUE);
        List<Long> batch = new ArrayList<>();
        long[] last = {(long) number << Integer.SIZE};
        forever("leak", chance -> {
            Call put = recorder.put(++last[0]);
            batch.add(last[0]);
            put.ok();
            if (batch.size() == BATCH) {
                raw.putAll(batch);
                batch.clear();
            }
        });
    }

    private void forever(String name, Work work) {
        SplittableRandom chance = random.split();
        Thread thread = new Thread(() -> {
            try {
                while (!stop.isSet()) {
                    work.once(chance);
                    if (chance.nextInt(BURST) == 0) {
                        LockSupport.parkNanos(chance.nextInt(LONGEST_PAUSE_NANOS));
                    }
                }
            } catch (EndOfStreamException e) {
                // The other end has seen that it is time to stop, and was faster.
            } catch (InterruptedException | RuntimeException | Error e) {
                failure = e;
            }
        });
        thread.setName(name);
        threads.add(thread);
        thread.start();
    }
}
