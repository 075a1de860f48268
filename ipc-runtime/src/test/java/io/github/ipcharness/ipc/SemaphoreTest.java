package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.Permits;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.RobustLock;
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

/** The contract of {@link java.util.concurrent.Semaphore}, between participants, and what a death does to it. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SemaphoreTest {

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
    void permitsAreSharedByAllParticipants() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 3);
        SharedSemaphore theirs = there.semaphore("s", 3);
        assertThat(mine.availablePermits()).isEqualTo(3);
        assertThat(mine.acquire()).isEqualTo(Acquired.FREE);
        assertThat(theirs.tryAcquire(2)).isTrue();
        assertThat(mine.availablePermits()).isZero();
        assertThat(mine.tryAcquire()).isFalse();
        assertThat(mine.heldPermits()).isEqualTo(1);
        assertThat(theirs.heldPermits()).isEqualTo(2);
        theirs.release(2);
        assertThat(mine.availablePermits()).isEqualTo(2);
        assertThat(mine.acquire(2, Duration.ZERO)).isEqualTo(Acquired.FREE);
        mine.release(3);
        assertThat(theirs.availablePermits()).isEqualTo(3);
        assertThat(theirs.recoveredPermits()).isZero();
    }

    @Test
    void manyAreAcquiredAtOnceOrNone() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 3);
        assertThat(mine.tryAcquire(4)).isFalse();
        assertThat(mine.acquire(4, Duration.ofMillis(1))).isNull();
        assertThat(mine.tryAcquire(4, 1, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(mine.availablePermits()).isEqualTo(3);
        assertThat(mine.tryAcquire(3)).isTrue();
    }

    @Test
    void noPermitsAreAcquiredAndReleasedWithoutWaiting() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        assertThat(mine.acquire(0)).isEqualTo(Acquired.FREE);
        assertThat(mine.tryAcquire(0)).isTrue();
        mine.release(0);
        mine.consume(0);
        assertThat(mine.drainPermits()).isZero();
        assertThat(mine.availablePermits()).isZero();
    }

    @Test
    void whoReleasesMoreThanItHoldsAddsPermits() {
        SharedSemaphore mine = here.semaphore("s", 0);
        SharedSemaphore theirs = there.semaphore("s", 0);
        mine.release();
        assertThat(theirs.tryAcquire()).isTrue();
        mine.release(2);
        assertThat(theirs.availablePermits()).isEqualTo(2);
        theirs.release(2);
        assertThat(theirs.availablePermits()).as("one held, one new").isEqualTo(4);
        assertThat(theirs.drainPermits()).isEqualTo(4);
        assertThat(theirs.heldPermits()).isEqualTo(4);
    }

    @Test
    void consumedPermitsAreGone() {
        SharedSemaphore mine = here.semaphore("s", 2);
        assertThat(mine.tryAcquire(2)).isTrue();
        mine.consume(1);
        assertThat(mine.heldPermits()).isEqualTo(1);
        mine.release();
        assertThat(mine.availablePermits()).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> mine.consume(1))
                .withMessageContaining("holds 0 permits")
                .withMessageContaining("'s'");
    }

    @Test
    void impossibleNumbersAreRefusedByName() {
        SharedSemaphore mine = here.semaphore("s", 1);
        for (Threads.Task task : List.<Threads.Task>of(
                () -> here.semaphore("t", -1),
                () -> mine.acquire(-1),
                () -> mine.acquire(-1, Duration.ZERO),
                () -> mine.tryAcquire(-1),
                () -> mine.tryAcquire(-1, 1, TimeUnit.DAYS),
                () -> mine.release(-1),
                () -> mine.consume(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(task::run)
                    .withMessage("permits must be from 0 to 2147483647: -1");
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> mine.release(Integer.MAX_VALUE))
                .withMessageContaining("at most 2147483647");
        assertThat(mine.availablePermits()).isEqualTo(1);
        assertThatThrownBy(() -> there.semaphore("s", 2))
                .isInstanceOf(IpcException.class)
                .hasMessage("'s' was created with permits 1, and is opened with 2");
        assertThatThrownBy(() -> there.semaphore("s", 0)).isInstanceOf(IpcException.class);
    }

    @Test
    void anAcquireWaitsForARelease() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        Future<Acquired> acquired = threads.call(() -> there.semaphore("s", 0).acquire());
        mine.release();
        assertThat(Threads.result(acquired)).isEqualTo(Acquired.FREE);
    }

    @Test
    void whoNeedsManyIsNotPassedOverForGoodWhileOthersNeedOne() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int count = i % 2 == 0 ? 1 : 3;
            waiting.add(threads.run(() -> {
                SharedSemaphore theirs = there.semaphore("s", 0);
                theirs.acquire(count);
                theirs.consume(count);
            }));
        }
        for (int i = 0; i < 8; i++) {
            mine.release();
        }
        for (Future<?> each : waiting) {
            Threads.result(each);
        }
        assertThat(mine.availablePermits()).isZero();
    }

    @Test
    void oneReleaseOfManyWakesMany() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        List<Future<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(threads.run(() -> there.semaphore("s", 0).acquire()));
        }
        mine.release(20);
        for (Future<?> each : waiting) {
            Threads.result(each);
        }
        assertThat(there.semaphore("s", 0).heldPermits()).isEqualTo(20);
    }

    @Test
    void neverMoreAreInsideThanThereArePermits() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            Ipc each = i % 2 == 0 ? here : there;
            threads.run(() -> {
                SharedSemaphore semaphore = each.semaphore("s", 3);
                for (int turn = 0; turn < 2000; turn++) {
                    semaphore.acquire();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    semaphore.release();
                }
            });
        }
        threads.awaitAll();
        assertThat(most.get()).isBetween(1, 3);
        assertThat(here.semaphore("s", 3).availablePermits()).isEqualTo(3);
    }

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        long start = System.nanoTime();
        assertThat(mine.tryAcquire(30, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(mine.acquire(Duration.ofMillis(30))).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(60_000_000);
        assertThat(mine.tryAcquire(-1, TimeUnit.DAYS)).isFalse();
        mine.release();
        assertThat(mine.tryAcquire(Long.MIN_VALUE, TimeUnit.DAYS)).isTrue();
    }

    @Test
    void anInterruptEndsTheWaitAndAcquiresNothing() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                mine.acquire();
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
        assertThatThrownBy(mine::acquire).isInstanceOf(InterruptedException.class);
        mine.release();
        assertThat(mine.availablePermits()).isEqualTo(1);
        Thread.currentThread().interrupt();
        mine.acquireUninterruptibly();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aWaitThatIsNotInterruptedGoesOnAndKeepsTheInterrupt() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            mine.acquireUninterruptibly();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        thread.start();
        Eventually.waitsIn(thread, io.github.ipcharness.ipc.memory.Waiting.class);
        thread.interrupt();
        there.semaphore("s", 0).release();
        thread.join();
        assertThat(interrupted.get()).isTrue();
    }

    @Test
    void whatAParticipantHoldsWhenItLeavesIsFreeAgain() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 3);
        there.semaphore("s", 3).acquire(3);
        Future<Acquired> acquired = threads.call(() -> mine.acquire(2));
        there.close();
        assertThat(Threads.result(acquired)).isEqualTo(Acquired.FROM_DEAD_OWNER);
        assertThat(mine.recoveredPermits()).isEqualTo(3);
        assertThat(mine.acquire()).as("each permit is told of").isEqualTo(Acquired.FROM_DEAD_OWNER);
        mine.release(3);
        assertThat(mine.acquire(3)).as("and once").isEqualTo(Acquired.FREE);
    }

    @Test
    void whoCannotBeToldLeavesItToOthers() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 1);
        there.semaphore("s", 1).acquire();
        there.close();
        assertThat(mine.tryAcquire()).isTrue();
        mine.release();
        assertThat(mine.acquire()).isEqualTo(Acquired.FROM_DEAD_OWNER);
    }

    @Test
    void onceTheIpcIsClosedEverythingIsRefusedAndWaitersWake() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        Future<?> waiting = threads.run(mine::acquire);
        Eventually.becomesTrue("it waits", () -> !waiting.isDone());
        here.close();
        assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(IllegalStateException.class);
        for (Threads.Task task : List.<Threads.Task>of(
                mine::acquire,
                mine::tryAcquire,
                mine::release,
                mine::drainPermits,
                mine::availablePermits,
                mine::heldPermits,
                mine::recoveredPermits,
                () -> mine.consume(1),
                () -> here.semaphore("s", 0))) {
            assertThatIllegalStateException().isThrownBy(task::run).withMessageContaining("closed");
        }
        assertThat(mine.toString()).contains("s");
    }

    // ---- real processes ----

    static void acquires(String[] args) throws Exception {
        SharedSemaphore semaphore = Ipc.open(Path.of(args[0])).semaphore("s", Integer.parseInt(args[1]));
        semaphore.acquire(Integer.parseInt(args[2]));
        Child.say("acquired");
        Child.hear();
    }

    @Test
    void permitsOfAKilledProcessComeBackToWhoWaitsAndIsTold() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 2);
        try (Child holder = Child.start(SemaphoreTest.class, "acquires", home, 2, 2)) {
            holder.expect("acquired");
            Future<Acquired> first = threads.call(() -> mine.acquire());
            Future<Acquired> second = threads.call(() -> there.semaphore("s", 2).acquire());
            Eventually.becomesTrue("they wait", () -> !first.isDone() && !second.isDone());
            holder.kill();
            assertThat(Threads.result(first)).isEqualTo(Acquired.FROM_DEAD_OWNER);
            assertThat(Threads.result(second)).isEqualTo(Acquired.FROM_DEAD_OWNER);
        }
        assertThat(mine.recoveredPermits()).isEqualTo(2);
        assertThat(mine.availablePermits()).isZero();
    }

    @Test
    void permitsOfAFrozenProcessDoNotComeBack() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 1);
        try (Child holder = Child.start(SemaphoreTest.class, "acquires", home, 1, 1)) {
            holder.expect("acquired");
            holder.freeze();
            assertThat(mine.acquire(Duration.ofMillis(200))).isNull();
            holder.thaw();
            holder.tell();
            holder.awaitEnd();
        }
        assertThat(mine.acquire()).as("it ended without releasing").isEqualTo(Acquired.FROM_DEAD_OWNER);
    }

    static void waits(String[] args) throws Exception {
        SharedSemaphore semaphore = Ipc.open(Path.of(args[0])).semaphore("s", 0);
        Child.say("waits");
        semaphore.acquire();
        Child.say("acquired");
    }

    @Test
    void aKilledWaiterTakesNoPermitWithIt() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 0);
        try (Child dies = Child.start(SemaphoreTest.class, "waits", home);
                Child lives = Child.start(SemaphoreTest.class, "waits", home)) {
            dies.expect("waits");
            lives.expect("waits");
            dies.kill();
            mine.release();
            lives.expect("acquired");
        }
    }

    @Test
    void whoIsStoppedInTheTableHoldsOthersUpNoLongerThanPromised() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 1);
        RobustLock table = new RobustLock(
                here.region("s", RegionKind.SEMAPHORE, Permits.BYTES, region -> {}),
                MappedRegion.HEADER_BYTES,
                there.participants());
        assertThat(table.tryLock()).isTrue();
        long start = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(mine.tryAcquire(0, TimeUnit.SECONDS)).isFalse();
            assertThat(mine.tryAcquire()).isFalse();
        }
        // 4 s are promised; 30 s and more it was where each of the turns of a wait had patience anew.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        table.unlock();
        assertThat(mine.tryAcquire()).isTrue();
    }

    static void worksUntilKilled(String[] args) throws Exception {
        SharedSemaphore semaphore = Ipc.open(Path.of(args[0])).semaphore("s", 4);
        Child.say("works");
        while (true) {
            semaphore.acquire(2);
            semaphore.release(1);
            semaphore.acquire();
            semaphore.release(2);
        }
    }

    @Test
    void whoeverIsKilledAtWhateverInstantNoPermitIsLostOrMade() throws Exception {
        SharedSemaphore mine = here.semaphore("s", 4);
        for (int round = 0; round < 5; round++) {
            try (Child one = Child.start(SemaphoreTest.class, "worksUntilKilled", home);
                    Child two = Child.start(SemaphoreTest.class, "worksUntilKilled", home)) {
                one.expect("works");
                two.expect("works");
                for (int turn = 0; turn < 200; turn++) {
                    mine.acquire(3);
                    mine.release(3);
                }
                one.kill();
                mine.acquire();
                mine.release();
                two.kill();
            }
            assertThat(mine.acquire(4, Duration.ofSeconds(Child.LIMIT_SECONDS))).isNotNull();
            assertThat(mine.availablePermits()).isZero();
            mine.release(4);
            assertThat(mine.availablePermits()).isEqualTo(4);
        }
    }
}
