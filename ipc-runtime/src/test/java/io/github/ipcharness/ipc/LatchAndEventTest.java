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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two words that are waited for: a count that goes down, and a flag. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LatchAndEventTest {

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

    // ---- latch ----

    @Test
    void theLatchOpensWhenEverybodyHasCounted() throws Exception {
        SharedLatch mine = here.latch("l", 2);
        SharedLatch theirs = there.latch("l", 2);
        Future<?> waiting = threads.run(theirs::await);
        Future<Boolean> waitingBriefly = threads.call(() -> theirs.await(1, TimeUnit.DAYS));
        mine.countDown();
        assertThat(mine.await(Duration.ofMillis(5))).isFalse();
        assertThat(mine.await(0, TimeUnit.SECONDS)).isFalse();
        assertThat(theirs.getCount()).isEqualTo(1);
        assertThat(waiting.isDone()).isFalse();
        theirs.countDown();
        Threads.result(waiting);
        assertThat(Threads.result(waitingBriefly)).isTrue();
        mine.countDown();
        assertThat(mine.getCount()).as("not below zero").isZero();
        mine.await();
        assertThat(mine.await(Duration.ofSeconds(-1))).isTrue();
    }

    @Test
    void aLatchOfNothingIsOpen() throws Exception {
        here.latch("l", 0).await();
    }

    @Test
    void aLatchKeepsTheCountThatItWasMadeWith() {
        here.latch("l", 3).countDown();
        assertThat(there.latch("l", 3).getCount()).isEqualTo(2);
        assertThatThrownBy(() -> there.latch("l", 2))
                .isInstanceOf(IpcException.class)
                .hasMessage("'l' was created with count 3, and is opened with 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> here.latch("m", -1))
                .withMessage("count must be from 0 to 2147483647: -1");
    }

    @Test
    void manyCountAtOnceAndNoneIsLost() throws Exception {
        SharedLatch latch = here.latch("l", 80_000);
        for (int i = 0; i < 8; i++) {
            Ipc each = i % 2 == 0 ? here : there;
            threads.run(() -> {
                SharedLatch same = each.latch("l", 80_000);
                for (int turn = 0; turn < 10_000; turn++) {
                    assertThat(same.getCount()).isPositive();
                    same.countDown();
                }
            });
        }
        latch.await();
        threads.awaitAll();
        assertThat(latch.getCount()).isZero();
    }

    @Test
    void anOpeningLatchWakesMoreThanThereArePlacesToSleepIn() throws Exception {
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            waiting.add(threads.run(() -> there.latch("l", 1).await()));
        }
        here.latch("l", 1).countDown();
        for (Future<?> each : waiting) {
            Threads.result(each);
        }
    }

    // ---- event ----

    @Test
    void anEventLetsThroughWhileItIsSet() throws Exception {
        SharedEvent mine = here.event("e");
        SharedEvent theirs = there.event("e");
        assertThat(mine.isSet()).isFalse();
        assertThat(mine.await(Duration.ofMillis(5))).isFalse();
        assertThat(mine.clear()).isFalse();
        Future<?> waiting = threads.run(theirs::await);
        assertThat(mine.set()).isTrue();
        assertThat(theirs.set()).isFalse();
        Threads.result(waiting);
        assertThat(theirs.isSet()).isTrue();
        theirs.await();
        assertThat(theirs.await(Duration.ZERO)).isTrue();
        assertThat(theirs.clear()).isTrue();
        assertThat(mine.isSet()).isFalse();
        assertThat(mine.await(Duration.ZERO)).isFalse();
    }

    @Test
    void aSetThatIsClearedAtOnceIsSeenByAllWhoWaited() throws Exception {
        SharedEvent event = here.event("e");
        for (int round = 0; round < 200; round++) {
            List<Thread> waiting = new ArrayList<>();
            AtomicInteger through = new AtomicInteger();
            for (int i = 0; i < 3; i++) {
                Thread thread = new Thread(() -> {
                    try {
                        there.event("e").await();
                        through.incrementAndGet();
                    } catch (InterruptedException e) {
                        // Counted as not through.
                    }
                });
                thread.setDaemon(true);
                thread.start();
                waiting.add(thread);
            }
            for (Thread thread : waiting) {
                Eventually.waitsIn(thread, io.github.ipcharness.ipc.memory.Waiting.class);
            }
            event.set();
            event.clear();
            for (Thread thread : waiting) {
                thread.join();
            }
            assertThat(through).hasValue(3);
        }
    }

    // ---- both ----

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        SharedLatch latch = here.latch("l", 1);
        SharedEvent event = here.event("e");
        long start = System.nanoTime();
        assertThat(latch.await(30, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(event.await(Duration.ofMillis(30))).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(60_000_000);
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        SharedLatch latch = here.latch("l", 1);
        SharedEvent event = here.event("e");
        for (Threads.Task task : List.<Threads.Task>of(latch::await, event::await)) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                try {
                    task.run();
                } catch (Throwable t) {
                    thrown.set(t);
                }
            });
            thread.start();
            Eventually.waitsIn(thread, io.github.ipcharness.ipc.memory.Waiting.class);
            thread.interrupt();
            thread.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(task::run).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void onceTheIpcIsClosedEverythingIsRefusedAndWaitersWake() throws Exception {
        SharedLatch latch = here.latch("l", 1);
        SharedEvent event = here.event("e");
        List<Future<?>> waiting = List.of(threads.run(latch::await), threads.run(event::await));
        here.close();
        for (Future<?> each : waiting) {
            assertThatThrownBy(() -> Threads.result(each)).isInstanceOf(IllegalStateException.class);
        }
        for (Threads.Task task : List.<Threads.Task>of(
                latch::countDown,
                latch::getCount,
                latch::await,
                event::set,
                event::clear,
                event::isSet,
                event::await,
                () -> here.latch("l", 1),
                () -> here.event("e"))) {
            assertThatIllegalStateException().isThrownBy(task::run).withMessageContaining("closed");
        }
        assertThat(latch.toString() + event).contains("[l, 1]", "[e, clear]");
    }

    static void waitsAndCounts(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        Child.say("ready");
        ipc.event("go").await();
        ipc.latch("done", 3).countDown();
        Child.say("counted");
        Child.hear();
    }

    @Test
    void processesStartTogetherAndWhatADeadOneCountedStays() throws Exception {
        try (Child one = Child.start(LatchAndEventTest.class, "waitsAndCounts", home);
                Child two = Child.start(LatchAndEventTest.class, "waitsAndCounts", home);
                Child three = Child.start(LatchAndEventTest.class, "waitsAndCounts", home)) {
            for (Child each : List.of(one, two, three)) {
                each.expect("ready");
            }
            three.kill();
            here.event("go").set();
            one.expect("counted").kill();
            two.expect("counted");
            SharedLatch done = here.latch("done", 3);
            assertThat(done.await(Duration.ofMillis(50)))
                    .as("the dead do not count")
                    .isFalse();
            done.countDown();
            done.await();
        }
        assertThat(here.event("go").isSet()).isTrue();
    }
}
