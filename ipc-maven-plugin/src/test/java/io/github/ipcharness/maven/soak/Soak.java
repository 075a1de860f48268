package io.github.ipcharness.maven.soak;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.Delivery;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcException;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.PeerClosedException;
import io.github.ipcharness.ipc.Recorder;
import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.maven.check.Guarantee;
import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.Judge;
import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.RunFacts;
import io.github.ipcharness.maven.check.RunHistories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * One round: processes that use everything at once are killed at random instants and started again; at the end what is
 * left is taken out, and the histories are judged. This process is the one that is never killed: it holds the other ends
 * of the pipes, and takes what is left.
 */
final class Soak {

    /** Kills, of which so many struck inside an operation; and what was judged. */
    record Figures(
            int kills, int inside, long operations, long pending, long recovered, List<ObjectVerdict> verdicts) {}

    private static final int SLOTS = 3;
    private static final int LOOK_MILLIS = 4;
    private static final int LONGEST_LIFE_MICROS = 30_000;
    private static final int PATIENCE_SECONDS = 60;

    private final Launcher launcher;
    private final Path home;
    private final String kind;
    private final SplittableRandom random;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<Long> killed = ConcurrentHashMap.newKeySet();
    private final Map<Process, Path> logs = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private Soak(Launcher launcher, Path home, String kind, long seed) {
        this.launcher = launcher;
        this.home = home;
        this.kind = kind;
        this.random = new SplittableRandom(seed);
    }

    /** @param kind {@code sound} or {@code leaky} */
    static Figures round(Launcher launcher, Path home, String kind, int kills, long seed) throws Exception {
        return new Soak(launcher, home, kind, seed).run(kills);
    }

    private Figures run(int kills) throws Exception {
        long start = System.nanoTime();
        Files.createDirectory(home.resolve("histories"));
        try (Ipc ipc = Ipc.open(home)) {
            List<Future<Process>> slots = new ArrayList<>();
            for (int slot = 0; slot < SLOTS; slot++) {
                int mine = kills / SLOTS + (slot < kills % SLOTS ? 1 : 0);
                SplittableRandom chance = random.split();
                slots.add(threads.submit(() -> killAgainAndAgain(ipc, mine, chance)));
            }
            List<Process> survivors = new ArrayList<>();
            for (Future<Process> slot : slots) {
                survivors.add(slot.get());
            }
            end(ipc, survivors);
        } finally {
            threads.shutdownNow();
        }
        return judged(new RunFacts(true, false, ClockId.own(), start, System.nanoTime(), killed));
    }

    /** The last one lives. */
    private Process killAgainAndAgain(Ipc ipc, int kills, SplittableRandom chance) throws Exception {
        for (int i = 0; i < kills; i++) {
            Process process = start(ipc, chance.nextLong());
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(chance.nextInt(LONGEST_LIFE_MICROS)));
            if (!process.isAlive()) {
                throw new IllegalStateException("ended by itself: " + log(process));
            }
            killed.add(process.pid());
            process.destroyForcibly();
            process.waitFor();
        }
        return start(ipc, chance.nextLong());
    }

    private Process start(Ipc ipc, long seed) throws Exception {
        int number = numbers.incrementAndGet();
        if (!kind.equals(Laborer.LEAKY)) {
            echo(ipc, number);
        }
        Process process = launcher.start(home, number, seed, kind);
        logs.put(process, Launcher.log(home, number));
        while (!log(process).startsWith("works")) {
            if (!process.isAlive()) {
                throw new IllegalStateException("did not start: " + log(process));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        return process;
    }

    private String log(Process process) throws IOException {
        return Files.readString(logs.get(process));
    }

    /** The other end of a laborer's pipe, until that is gone. */
    private void echo(Ipc ipc, int number) {
        threads.submit(() -> {
            try (Connection<Integer> connection = ipc.pipe(Laborer.pipe(number), Codec.INT, End.B)) {
                while (true) {
                    connection.send(connection.receive());
                }
            } catch (EndOfStreamException | PeerClosedException e) {
                return null;
            }
        });
    }

    private void end(Ipc ipc, List<Process> survivors) throws Exception {
        ipc.event(Laborer.STOP).set();
        for (Process process : survivors) {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("a survivor hangs: " + log(process));
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException("a survivor failed: " + log(process));
            }
        }
        if (kind.equals(Laborer.LEAKY)) {
            takeLeaked(ipc);
            return;
        }
        IpcQueue<Integer> orders = Laborer.orders(ipc);
        while (orders.poll() != null) {
            // All of it.
        }
        IpcQueue<String> tasks = Laborer.tasks(ipc);
        while (tasks.unfinished() > 0) {
            try (Delivery<String> task = within(() -> tasks.receive(Duration.ofSeconds(PATIENCE_SECONDS)))) {
                task.done();
            }
        }
    }

    private static void takeLeaked(Ipc ipc) {
        IpcQueue<Long> raw = Laborer.leaky(ipc);
        try (Recorder recorder = ipc.recorder(Laborer.LEAKY, Kind.QUEUE)) {
            while (true) {
                Call get = recorder.get();
                Long value = raw.poll();
                if (value == null) {
                    get.empty();
                    return;
                }
                get.ok(value);
            }
        }
    }

    private static <T> T within(Callable<T> call) throws Exception {
        T value = call.call();
        if (value == null) {
            throw new IpcException("nothing came in " + PATIENCE_SECONDS + " s, though something is left");
        }
        return value;
    }

    private Figures judged(RunFacts facts) throws IOException {
        Judge judge = new Judge(Guarantee.LINEARIZABLE);
        List<ObjectVerdict> verdicts = new ArrayList<>();
        long operations = 0;
        long pending = 0;
        long recovered = 0;
        Set<String> struck = ConcurrentHashMap.newKeySet();
        for (History history : RunHistories.read(home.resolve("histories"), facts)) {
            ObjectVerdict verdict = judge.judge(history);
            verdicts.add(verdict);
            operations += history.size();
            pending += verdict.statistics().pending();
            recovered += verdict.statistics().counts().getOrDefault("lock recovered", 0L);
            for (int i = 0; i < history.size(); i++) {
                if (history.isPending(i)) {
                    struck.add(history.processName(history.process(i)));
                }
            }
        }
        return new Figures(killed.size(), struck.size(), operations, pending, recovered, verdicts);
    }
}
