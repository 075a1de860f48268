package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.Backoff;
import io.github.ipcharness.ipc.memory.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What closing means: for what was opened, for those who wait in it, for the others, and for the files. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClosedIpcTest {

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Ipc here;
    private Ipc there;
    private final Threads threads = new Threads();

    @BeforeEach
    void open() {
        here = Ipc.open(home);
        there = Ipc.open(home);
    }

    @AfterEach
    void close() {
        threads.close();
        here.close();
        there.close();
    }

    private void refused(String what, Threads.Task task) {
        assertThatIllegalStateException()
                .as(what)
                .isThrownBy(task::run)
                .withMessageContaining("closed")
                .withMessageContaining(home.toString());
    }

    // ---- what was opened ----

    @Test
    void aClosedIpcOpensNothingAnyMore() {
        here.close();
        refused("queue", () -> here.queue("x", Codec.INT));
        refused("pipe", () -> here.pipe("x", Codec.INT, End.A));
        refused("long", () -> here.sharedLong("x", 0));
        refused("int", () -> here.sharedInt("x", 0));
        refused("double", () -> here.sharedDouble("x", 0));
        refused("boolean", () -> here.sharedBoolean("x", false));
        refused("value", () -> here.value("x", Codec.INT, 4));
        refused("long array", () -> here.longArray("x", 1));
        refused("int array", () -> here.intArray("x", 1));
        refused("double array", () -> here.doubleArray("x", 1));
        refused("byte array", () -> here.byteArray("x", 1));
        refused("lock", () -> here.lock("x"));
        refused("recorder", () -> here.recorder("x", Kind.QUEUE));
        assertThat(here.home()).isEqualTo(home);
        assertThat(here.isRecording()).isFalse();
        assertThat(home.toFile().list()).noneMatch(name -> name.endsWith("-x"));
    }

    @Test
    void aQueueOfAClosedIpcRefusesEverything() {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        queue.add(1);
        here.close();
        refused("put", () -> queue.put(1));
        refused("offer", () -> queue.offer(1));
        refused("timed offer", () -> queue.offer(1, 1, TimeUnit.HOURS));
        refused("add", () -> queue.add(1));
        refused("putAll", () -> queue.putAll(List.of(1)));
        refused("take", queue::take);
        refused("poll", queue::poll);
        refused("timed poll", () -> queue.poll(1, TimeUnit.HOURS));
        refused("peek", queue::peek);
        refused("remove", queue::remove);
        refused("drainTo", () -> queue.drainTo(new ArrayList<>()));
        refused("drainTo none", () -> queue.drainTo(new ArrayList<>(), 0));
        refused("size", queue::size);
        refused("isEmpty", queue::isEmpty);
        refused("remainingCapacity", queue::remainingCapacity);
        refused("iterator", queue::iterator);
        refused("clear", queue::clear);
        refused("endOfStream", queue::endOfStream);
        refused("isEndOfStream", queue::isEndOfStream);
        assertThat(queue.name()).isEqualTo("q");
        assertThat(queue.toString()).contains("q");
        assertThat(there.queue("q", Codec.INT)).containsExactly(1);
    }

    @Test
    void aPipeOfAClosedIpcRefusesEverythingButToBeClosed() {
        Connection<Integer> end = here.pipe("p", Codec.INT, End.A);
        here.close();
        refused("send", () -> end.send(1));
        refused("timed send", () -> end.send(1, LONG));
        refused("receive", end::receive);
        refused("timed receive", () -> end.receive(LONG));
        refused("poll", end::poll);
        end.close();
        end.close();
        assertThat(end.toString()).contains("p");
    }

    @Test
    void numbersOfAClosedIpcRefuseEverything() {
        SharedLong number = here.sharedLong("n", 1);
        SharedInt narrow = here.sharedInt("n", 1);
        SharedDouble real = here.sharedDouble("n", 1);
        SharedBoolean truth = here.sharedBoolean("n", true);
        here.close();
        refused("get", number::get);
        refused("set", () -> number.set(2));
        refused("compareAndSet", () -> number.compareAndSet(1, 2));
        refused("getAndSet", () -> number.getAndSet(2));
        refused("getAndAdd", () -> number.getAndAdd(2));
        refused("updateAndGet", () -> number.updateAndGet(x -> x + 1));
        refused("awaitChange", () -> number.awaitChange(1, LONG));
        refused("awaitChange that is there", () -> number.awaitChange(0, LONG));
        refused("int get", narrow::get);
        refused("int add", narrow::incrementAndGet);
        refused("double get", real::get);
        refused("double add", () -> real.addAndGet(1));
        refused("boolean get", truth::get);
        refused("boolean set", () -> truth.set(false));
        // Who looks at them in a debugger or prints them learns what they are all the same.
        assertThat(List.of(number, narrow, real, truth))
                .extracting(Object::toString)
                .containsExactly("1", "1", "1.0", "true");
        assertThat(there.sharedLong("n", 0).get()).isEqualTo(1);
    }

    @Test
    void arraysOfAClosedIpcRefuseEverything() {
        SharedLongArray longs = here.longArray("a", 4);
        SharedIntArray ints = here.intArray("a", 4);
        SharedDoubleArray doubles = here.doubleArray("a", 4);
        SharedByteArray bytes = here.byteArray("a", 4);
        here.close();
        for (int count : new int[] {0, 4}) {
            refused("longs", () -> longs.get(0, new long[4], 0, count));
            refused("longs", () -> longs.set(0, new long[4], 0, count));
            refused("ints", () -> ints.get(0, new int[4], 0, count));
            refused("ints", () -> ints.set(0, new int[4], 0, count));
            refused("doubles", () -> doubles.get(0, new double[4], 0, count));
            refused("doubles", () -> doubles.set(0, new double[4], 0, count));
            refused("bytes", () -> bytes.get(0, new byte[4], 0, count));
            refused("bytes", () -> bytes.set(0, new byte[4], 0, count));
        }
        refused("long", () -> longs.getAndAdd(0, 1));
        refused("int", () -> ints.compareAndSet(0, 0, 1));
        refused("double", () -> doubles.getAndSet(0, 1));
        refused("byte", () -> bytes.get(0));
        refused("byte", () -> bytes.set(0, (byte) 1));
        refused("an index outside", () -> longs.get(4));
        assertThat(longs.length()).isEqualTo(4);
    }

    @Test
    void aWideValueOfAClosedIpcRefusesEverything() {
        SharedValue<String> value = here.value("v", Codec.STRING, 10);
        value.set("x");
        here.close();
        refused("get", value::get);
        refused("set", () -> value.set("y"));
        refused("updateAndGet", () -> value.updateAndGet(x -> x));
        refused("version", value::version);
        refused("awaitChange", () -> value.awaitChange(1, LONG));
        assertThat(there.value("v", Codec.STRING, 10).get()).isEqualTo("x");
    }

    @Test
    void aLockOfAClosedIpcRefusesEverything() {
        SharedLock lock = here.lock("l");
        here.close();
        refused("lock", lock::lock);
        refused("lockInterruptibly", lock::lockInterruptibly);
        refused("tryLock", lock::tryLock);
        refused("timed tryLock", () -> lock.tryLock(1, TimeUnit.HOURS));
        refused("acquire", lock::acquire);
        refused("timed acquire", () -> lock.acquire(LONG));
        assertThatThrownBy(lock::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(lock.isHeldByCurrentThread()).isFalse();
        assertThat(there.lock("l").tryLock()).isTrue();
    }

    // ---- those who wait ----

    @Test
    void whoWaitsInAnythingWakes() throws Exception {
        IpcQueue<Integer> empty = here.queue("empty", Codec.INT);
        IpcQueue<Integer> full = here.queue("full", Codec.INT, QueueOptions.capacity(1));
        full.add(1);
        Connection<byte[]> end = here.pipe("p", Codec.BYTES, End.A);
        while (end.send(new byte[1000], Duration.ZERO)) {
            // Until it is full.
        }
        SharedLong number = here.sharedLong("n", 0);
        SharedValue<String> value = here.value("v", Codec.STRING, 10);
        List<Future<?>> waiting = new ArrayList<>();
        for (Threads.Task task : List.<Threads.Task>of(
                empty::take,
                () -> empty.poll(1, TimeUnit.HOURS),
                () -> full.put(2),
                () -> full.offer(2, 1, TimeUnit.HOURS),
                () -> full.putAll(List.of(2, 3)),
                end::receive,
                () -> end.receive(LONG),
                () -> end.send(new byte[1000]),
                () -> end.send(new byte[1000], LONG),
                () -> number.awaitChange(0, LONG),
                () -> value.awaitChange(0, LONG))) {
            waiting.add(threads.waiting(Waiting.class, task));
        }
        here.close();
        for (Future<?> each : waiting) {
            refused("wait", () -> Threads.result(each));
        }
        assertThat(there.queue("full", Codec.INT)).as("nothing was put").containsExactly(1);
    }

    private static List<Threads.Task> waysToLock(SharedLock lock) {
        return List.of(
                lock::lock,
                lock::lockInterruptibly,
                lock::acquire,
                () -> lock.acquire(LONG),
                () -> lock.tryLock(1, TimeUnit.HOURS));
    }

    @Test
    void whoWaitsForALockOfAnotherParticipantsWakes() throws Exception {
        SharedLock mine = here.lock("l");
        there.lock("l").lock();
        List<Future<?>> waiting = new ArrayList<>();
        for (Threads.Task way : waysToLock(mine)) {
            // One of them waits for the other participant, and the others for the one.
            waiting.add(threads.waiting(SharedLock.class, way));
        }
        here.close();
        for (Future<?> each : waiting) {
            refused("wait", () -> Threads.result(each));
        }
        assertThat(there.lock("l").isHeldByCurrentThread()).isTrue();
        there.lock("l").unlock();
        assertThat(there.lock("l").tryLock()).as("none of them has it").isTrue();
    }

    @Test
    void whoWaitsForALockOfAnotherThreadsWakes() throws Exception {
        SharedLock lock = here.lock("l");
        lock.lock();
        List<Future<?>> waiting = new ArrayList<>();
        for (Threads.Task way : waysToLock(lock)) {
            waiting.add(threads.waiting(SharedLock.class, way));
        }
        here.close();
        for (Future<?> each : waiting) {
            refused("wait", () -> Threads.result(each));
        }
        refused("unlock", lock::unlock);
        assertThat(lock.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void aLockCallThatIsRefusedKeepsAnInterruptForLater() throws Exception {
        there.lock("l").lock();
        AtomicReference<Thread> waiter = new AtomicReference<>();
        Future<?> locking = threads.waiting(Waiting.class, () -> {
            waiter.set(Thread.currentThread());
            try {
                here.lock("l").lock();
            } finally {
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            }
        });
        waiter.get().interrupt();
        Eventually.becomesTrue("it has seen the interrupt", () -> !waiter.get().isInterrupted());
        here.close();
        refused("lock", () -> Threads.result(locking));
    }

    /** Writes a wide value for ever, and is inside the writing most of the time. */
    static void write(String[] args) {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedValue<byte[]> value = ipc.value("v", Codec.BYTES, 1 << 20);
        byte[] bytes = new byte[1 << 20];
        Child.say("writing");
        while (true) {
            value.set(bytes);
        }
    }

    @Test
    void whoWaitsForAWriterThatStandsStillWakes() throws Exception {
        SharedValue<byte[]> value = here.value("v", Codec.BYTES, 1 << 20);
        try (Child child = Child.start(ClosedIpcTest.class, "write", home)) {
            child.expect("writing").freeze();
            AtomicReference<Thread> writer = new AtomicReference<>();
            Future<?> writing = null;
            while (writing == null) {
                writer.set(null);
                Future<?> attempt = threads.run(() -> {
                    writer.set(Thread.currentThread());
                    value.set(new byte[8]);
                });
                // It was stopped inside the writing, and this one waits; or outside, and this one does not.
                Eventually.becomesTrue(
                        "the value is set, or the writer waits",
                        () -> attempt.isDone() || writer.get() != null && Eventually.isIn(writer.get(), Backoff.class));
                if (attempt.isDone()) {
                    Threads.result(attempt);
                    child.thaw();
                    child.freeze();
                } else {
                    writing = attempt;
                }
            }
            Future<?> waiting = writing;
            here.close();
            refused("set", () -> Threads.result(waiting));
        }
    }

    @Test
    void anUpdateThatIsStillComputedWhenTheIpcIsClosedIsNotWritten() throws Exception {
        SharedValue<String> mine = here.value("v", Codec.STRING, 10);
        SharedValue<String> theirs = there.value("v", Codec.STRING, 10);
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Future<?> update = threads.run(() -> mine.updateAndGet(old -> {
            computing.countDown();
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return "late";
        }));
        computing.await();
        here.close();
        theirs.set("new");
        closed.countDown();
        refused("update", () -> Threads.result(update));
        assertThat(theirs.get()).isEqualTo("new");
        assertThat(theirs.version()).isEqualTo(1);
    }

    @Test
    void closingAPipeAndItsIpcAtOnceIsNoError() throws Exception {
        for (int round = 0; round < 40; round++) {
            Ipc ipc = Ipc.open(home);
            Connection<Integer> end = ipc.pipe("p" + round, Codec.INT, End.A);
            Connection<Integer> other = there.pipe("p" + round, Codec.INT, End.B);
            end.send(1);
            Future<?> closing = threads.run(end::close);
            ipc.close();
            Threads.result(closing);
            assertThat(other.receive()).isEqualTo(1);
            assertThatThrownBy(other::receive).isInstanceOf(EndOfStreamException.class);
            other.close();
        }
    }

    @Test
    void unlockingAndClosingAtOnceNeverUnlocksForTheNextOwner() throws Exception {
        for (int round = 0; round < 100; round++) {
            Ipc ipc = Ipc.open(home);
            SharedLock lock = ipc.lock("l");
            CountDownLatch locked = new CountDownLatch(1);
            Future<?> unlocking = threads.run(() -> {
                lock.lock();
                locked.countDown();
                try {
                    lock.unlock();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                }
            });
            locked.await();
            ipc.close();
            SharedLock next = there.lock("l");
            next.lock();
            Threads.result(unlocking);
            assertThat(next.toString()).contains("held by participant");
            next.unlock();
        }
    }

    // ---- the others, and the files ----

    @Test
    void closingTwiceFromAnyThreadDoesNothing() throws Exception {
        List<Future<?>> closing = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            closing.add(threads.run(here::close));
        }
        for (Future<?> each : closing) {
            Threads.result(each);
        }
        here.close();
        refused("queue", () -> here.queue("q", Codec.INT));
    }

    @Test
    void closingOneIpcOfAProcessLeavesTheOthersAlone() throws Exception {
        IpcQueue<Integer> queue = there.queue("q", Codec.INT);
        SharedLock lock = there.lock("l");
        lock.lock();
        here.close();
        queue.put(1);
        assertThat(queue.take()).isEqualTo(1);
        try (Ipc late = Ipc.open(home)) {
            assertThat(late.lock("l").tryLock()).as("its owner lives").isFalse();
        }
        lock.unlock();
    }

    @Test
    void aParticipantThatLeavesTakesItsFilesWithItAndLeavesTheObjects() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        queue.put(7);
        here.sharedLong("n", 5).incrementAndGet();
        IpcQueue<Integer> empty = here.queue("empty", Codec.INT);
        SharedEvent event = here.event("e");
        // At two places at once nobody sleeps without a bell.
        Future<?> waiting = threads.waiting(Waiting.class, () -> here.awaitAny(Duration.ofHours(1), empty, event));
        Eventually.becomesTrue("it sleeps on a bell", () -> !entries("bells").isEmpty());
        here.close();
        refused("awaitAny", () -> Threads.result(waiting));
        there.close();
        assertThat(entries("participants")).containsExactly("numbers");
        assertThat(entries("bells")).isEmpty();
        assertThat(entries("")).containsExactly("bells", "event-e", "long-n", "participants", "queue-empty", "queue-q");
        try (Ipc again = Ipc.open(home)) {
            assertThat(again.queue("q", Codec.INT).take()).isEqualTo(7);
            assertThat(again.sharedLong("n", 0).get()).isEqualTo(6);
        }
    }

    private List<String> entries(String directory) throws IOException {
        if (!Files.exists(home.resolve(directory))) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(home.resolve(directory))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void openingAndClosingLeavesNoFileOpen() throws Exception {
        Runnable everything = () -> {
            try (Ipc ipc = Ipc.open(home);
                    Connection<Integer> left = ipc.pipe("p", Codec.INT, End.A);
                    Connection<Integer> right = ipc.pipe("p", Codec.INT, End.B)) {
                ipc.queue("q", Codec.INT).offer(1);
                ipc.queue("q", Codec.INT).poll(1, TimeUnit.NANOSECONDS);
                ipc.sharedLong("n", 0).awaitChange(0, Duration.ofMillis(2));
                ipc.lock("l").lock();
                left.send(1);
                right.receive();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };
        everything.run();
        int before = openFiles();
        for (int i = 0; i < 30; i++) {
            everything.run();
        }
        assertThat(openFiles()).isLessThan(before + 15);
    }

    private static int openFiles() {
        return Path.of("/proc/self/fd").toFile().list().length;
    }
}
