package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One thread waits for several queues, pipes, latches and events. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AwaitAnyTest {

    private static final Duration LONG = Duration.ofDays(1);

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

    @Test
    void itTellsWhichOfThemAreReadyInTheOrderGiven() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        Connection<String> pipe = here.pipe("p", Codec.STRING, End.A);
        SharedLatch latch = here.latch("l", 1);
        SharedEvent event = here.event("e");
        assertThat(here.awaitAny(Duration.ZERO, queue, pipe, latch, event)).isEmpty();
        there.queue("q", Codec.INT).put(1);
        assertThat(here.awaitAny(LONG, queue, pipe, latch, event)).containsExactly(queue);
        event.set();
        assertThat(here.awaitAny(LONG, event, queue, pipe, latch)).containsExactly(event, queue);
        assertThat(queue.poll()).as("it takes nothing").isEqualTo(1);
        there.pipe("p", Codec.STRING, End.B).send("x");
        latch.countDown();
        assertThat(here.awaitAny(LONG, List.of(queue, pipe, latch))).containsExactly(pipe, latch);
        assertThat(pipe.isReady() && latch.isReady() && event.isReady()).isTrue();
        assertThat(queue.isReady()).isFalse();
    }

    @Test
    void whicheverOfThemBecomesReadyEndsTheWait() throws Exception {
        List<Waitable> those = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            those.add(here.queue("q" + i, Codec.INT));
        }
        for (int round = 0; round < 500; round++) {
            IpcQueue<Integer> into = there.queue("q" + round % 5, Codec.INT);
            Future<List<Waitable>> ready = threads.call(() -> here.awaitAny(LONG, those));
            into.put(round);
            assertThat(Threads.result(ready)).containsExactly(those.get(round % 5));
            assertThat(into.poll()).isEqualTo(round);
        }
    }

    @Test
    void theEndOfAStreamIsReadiness() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        Connection<String> pipe = here.pipe("p", Codec.STRING, End.A);
        IpcQueue<Integer> in = there.queue("q", Codec.INT);
        in.put(1);
        queue.take();
        Future<List<Waitable>> ready = threads.call(() -> here.awaitAny(LONG, pipe, queue));
        in.endOfStream();
        assertThat(Threads.result(ready)).containsExactly(queue);
        Connection<String> other = there.pipe("p", Codec.STRING, End.B);
        Future<List<Waitable>> closed = threads.call(() -> here.awaitAny(LONG, pipe));
        other.close();
        assertThat(Threads.result(closed)).containsExactly(pipe);
        assertThatThrownBy(pipe::receive).isInstanceOf(EndOfStreamException.class);
        assertThat(here.awaitAny(LONG, pipe)).as("for good").containsExactly(pipe);
    }

    @Test
    void aWaitForManyTakesNoRingAwayFromWhoWaitsForOne() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        IpcQueue<Integer> in = there.queue("q", Codec.INT);
        for (int round = 0; round < 300; round++) {
            Future<List<Waitable>> some = threads.call(() -> here.awaitAny(LONG, queue));
            Future<Integer> taken = threads.call(queue::take);
            in.put(round);
            assertThat(Threads.result(taken)).isEqualTo(round);
            // It may have come too late to see that message.
            if (!some.isDone()) {
                in.put(-1);
            }
            assertThat(Threads.result(some)).containsExactly(queue);
            queue.clear();
        }
    }

    @Test
    void theSameTwiceIsNoError() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        IpcQueue<Integer> same = here.queue("q", Codec.INT);
        Future<List<Waitable>> ready = threads.call(() -> here.awaitAny(LONG, queue, queue, same));
        queue.put(1);
        assertThat(Threads.result(ready)).containsOnly(queue, same).contains(queue);
    }

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        SharedEvent event = here.event("e");
        long start = System.nanoTime();
        assertThat(here.awaitAny(Duration.ofMillis(30), queue, event)).isEmpty();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        assertThat(here.awaitAny(Duration.ofSeconds(-1), queue, event)).isEmpty();
    }

    @Test
    void itSleepsOnADoorbell() throws Exception {
        SharedEvent event = here.event("e");
        Thread thread = new Thread(() -> {
            try {
                here.awaitAny(LONG, here.queue("q", Codec.INT), event);
            } catch (InterruptedException e) {
                // It would not end then.
            }
        });
        thread.start();
        Eventually.waitsIn(thread, Class.forName("io.github.ipcharness.ipc.memory.Bell"));
        event.set();
        thread.join();
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        SharedEvent event = here.event("e");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                here.awaitAny(LONG, event);
            } catch (Throwable t) {
                thrown.set(t);
            }
        });
        thread.start();
        Eventually.waitsIn(thread, io.github.ipcharness.ipc.memory.Waiting.class);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        event.set();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> here.awaitAny(LONG, event)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void whatCannotBeWaitedForIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.awaitAny(LONG))
                .withMessage("there is nothing to wait for");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.awaitAny(LONG, there.event("e")))
                .withMessageContaining("another Ipc");
        assertThatThrownBy(() -> here.awaitAny(null, here.event("e"))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> here.awaitAny(LONG, (Waitable) null)).isInstanceOf(NullPointerException.class);
        Connection<String> pipe = here.pipe("p", Codec.STRING, End.A);
        pipe.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> here.awaitAny(LONG, pipe))
                .withMessageContaining("closed");
    }

    @Test
    void onceTheIpcIsClosedTheWaitEnds() throws Exception {
        SharedEvent event = here.event("e");
        Connection<String> pipe = here.pipe("p", Codec.STRING, End.A);
        Future<List<Waitable>> waiting = threads.call(() -> here.awaitAny(LONG, event, pipe));
        here.close();
        assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(IllegalStateException.class);
        assertThatIllegalStateException().isThrownBy(() -> here.awaitAny(LONG, event));
        assertThatIllegalStateException().isThrownBy(pipe::isReady);
    }

    // ---- real processes ----

    static void sends(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<Integer> queue = ipc.queue("q" + args[1], Codec.INT);
        Connection<Integer> pipe = ipc.pipe("p" + args[1], Codec.INT, End.B);
        for (int i = 0; i < 500; i++) {
            queue.put(i);
            pipe.send(i);
        }
        Child.say("sent");
        Child.hear();
    }

    @Test
    void oneThreadServesManyProcessesUntilTheyDie() throws Exception {
        List<Child> children = new ArrayList<>();
        List<Waitable> open = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                open.add(here.queue("q" + i, Codec.INT));
                open.add(here.pipe("p" + i, Codec.INT, End.A));
                children.add(Child.start(AwaitAnyTest.class, "sends", home, i));
            }
            Future<?> killed = threads.run(() -> {
                for (Child child : children) {
                    child.expect("sent").kill();
                }
            });
            int received = 0;
            while (!open.isEmpty()) {
                for (Waitable ready : here.awaitAny(LONG, open)) {
                    Integer message = ready instanceof IpcQueue<?> queue
                            ? (Integer) queue.poll()
                            : (Integer) ((Connection<?>) ready).poll();
                    if (message != null) {
                        received++;
                    } else if (isOver(ready)) {
                        open.remove(ready);
                    }
                }
            }
            assertThat(received).isEqualTo(2 * 2 * 500);
            Threads.result(killed);
        } finally {
            children.forEach(Child::close);
        }
    }

    private static boolean isOver(Waitable ready) throws Exception {
        if (ready instanceof IpcQueue<?> queue) {
            return queue.isEndOfStream();
        }
        try {
            ((Connection<?>) ready).receive(Duration.ZERO);
            throw new AssertionError("it was empty, and its peer is alone to send");
        } catch (EndOfStreamException e) {
            return true;
        }
    }
}
