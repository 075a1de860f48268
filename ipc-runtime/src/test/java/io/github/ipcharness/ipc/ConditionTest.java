package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link Condition}, between participants, and what a death does to it. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConditionTest {

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

    /** From then on, who gets the lock finds them waiting: they had it before, and give it up only for that. */
    private static void awaitWaiting(List<Thread> waiting) throws Exception {
        for (Thread thread : waiting) {
            Eventually.waitsIn(thread, SharedCondition.class);
        }
    }

    private static Thread start(Threads.Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (Exception e) {
                // Seen by what it did not do.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void aSignalLetsTheLongestWaiterGoOnWithTheLock() throws Exception {
        SharedLock lock = here.lock("l");
        Condition condition = lock.newCondition();
        List<String> woken = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int me = i;
            Ipc each = i % 2 == 0 ? here : there;
            SharedLock same = each.lock("l");
            waiting.add(start(() -> {
                same.lock();
                try {
                    same.newCondition().await();
                    assertThat(same.isHeldByCurrentThread()).isTrue();
                    woken.add("thread " + me);
                } finally {
                    same.unlock();
                }
            }));
            awaitWaiting(waiting);
        }
        for (int i = 0; i < 5; i++) {
            lock.lock();
            condition.signal();
            assertThat(woken).as("not before the lock is free").hasSize(i);
            lock.unlock();
            waiting.get(i).join();
            assertThat(woken).hasSize(i + 1).element(i).isEqualTo("thread " + i);
        }
    }

    @Test
    void aSignalToNobodyIsNotKept() throws Exception {
        SharedLock lock = here.lock("l");
        lock.lock();
        lock.newCondition().signal();
        lock.newCondition().signalAll();
        assertThat(lock.newCondition().await(5, TimeUnit.MILLISECONDS)).isFalse();
        lock.unlock();
    }

    @Test
    void signalAllLetsAllGoOnAndNamesKeepConditionsApart() throws Exception {
        SharedLock lock = here.lock("l");
        List<Thread> some = new ArrayList<>();
        List<Thread> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            SharedLock same = there.lock("l");
            String name = i % 2 == 0 ? "some" : "others";
            (i % 2 == 0 ? some : others).add(start(() -> {
                same.lock();
                same.newCondition(name).await();
                same.unlock();
            }));
        }
        awaitWaiting(some);
        awaitWaiting(others);
        lock.lock();
        lock.newCondition("some").signalAll();
        lock.newCondition().signalAll();
        lock.unlock();
        for (Thread each : some) {
            each.join();
        }
        assertThat(others).allMatch(Thread::isAlive);
        lock.lock();
        lock.newCondition("others").signalAll();
        lock.unlock();
        for (Thread each : others) {
            each.join();
        }
    }

    @Test
    void onlyWhoHoldsTheLockMayWaitOrSignal() {
        SharedLock lock = here.lock("l");
        Condition condition = lock.newCondition();
        for (Threads.Task task : List.<Threads.Task>of(
                condition::await,
                () -> condition.awaitNanos(1),
                condition::awaitUninterruptibly,
                () -> condition.awaitUntil(new Date()),
                condition::signal,
                condition::signalAll,
                lock::howAcquired)) {
            assertThatThrownBy(task::run)
                    .isInstanceOf(IllegalMonitorStateException.class)
                    .hasMessageContaining("'l'");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> lock.newCondition("a+b"));
        assertThat(condition).hasToString("SharedCondition[of l]");
        assertThat(lock.newCondition("c")).hasToString("SharedCondition[c, of l]");
    }

    @Test
    void anAwaitGivesUpALockThatWasTakenManyTimesAndTakesItAgainAsOften() throws Exception {
        SharedLock lock = here.lock("l");
        Thread waiting = start(() -> {
            lock.lock();
            lock.lock();
            lock.lock();
            lock.newCondition().await();
            lock.unlock();
            lock.unlock();
            assertThat(lock.isHeldByCurrentThread()).isTrue();
            Eventually.becomesTrue("held", () -> !there.lock("l").tryLock());
            lock.unlock();
        });
        awaitWaiting(List.of(waiting));
        SharedLock other = there.lock("l");
        other.lock();
        other.newCondition().signal();
        other.unlock();
        waiting.join();
        assertThat(other.tryLock(1, TimeUnit.HOURS)).isTrue();
        other.unlock();
    }

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        SharedLock lock = here.lock("l");
        Condition condition = lock.newCondition();
        lock.lock();
        long start = System.nanoTime();
        assertThat(condition.await(20, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(condition.awaitNanos(20_000_000)).isNotPositive();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(40_000_000);
        long later = System.currentTimeMillis() + 20;
        assertThat(condition.awaitUntil(new Date(later))).isFalse();
        assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(later);
        assertThat(condition.await(-1, TimeUnit.DAYS)).isFalse();
        assertThat(condition.awaitUntil(new Date(Long.MIN_VALUE))).isFalse();
        assertThat(condition.awaitNanos(Long.MIN_VALUE)).isNotPositive();
        lock.unlock();
    }

    @Test
    void anInterruptEndsTheWaitWithTheLockHeld() throws Exception {
        SharedLock lock = here.lock("l");
        Condition condition = lock.newCondition();
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiting = start(() -> {
            lock.lock();
            try {
                condition.await();
            } catch (InterruptedException e) {
                seen.set(lock.isHeldByCurrentThread());
            } finally {
                lock.unlock();
            }
        });
        awaitWaiting(List.of(waiting));
        waiting.interrupt();
        waiting.join();
        assertThat(seen.get()).isEqualTo(true);
        lock.lock();
        Thread.currentThread().interrupt();
        assertThatThrownBy(condition::await).isInstanceOf(InterruptedException.class);
        assertThat(lock.isHeldByCurrentThread()).isTrue();
        lock.unlock();
    }

    @Test
    void aWaitThatIsNotInterruptedGoesOnAndKeepsTheInterrupt() throws Exception {
        SharedLock lock = here.lock("l");
        AtomicReference<Object> seen = new AtomicReference<>();
        Thread waiting = start(() -> {
            lock.lock();
            lock.newCondition().awaitUninterruptibly();
            seen.set(Thread.interrupted());
            lock.unlock();
        });
        awaitWaiting(List.of(waiting));
        waiting.interrupt();
        Eventually.becomesTrue("the interrupt was seen", () -> !waiting.isInterrupted());
        lock.lock();
        lock.newCondition().signal();
        lock.unlock();
        waiting.join();
        assertThat(seen.get()).isEqualTo(true);
    }

    @Test
    void anInterruptOrTimeoutThatMeetsASignalLosesNone() throws Exception {
        SharedLock lock = here.lock("l");
        for (int round = 0; round < 300; round++) {
            List<Thread> waiting = new ArrayList<>();
            int[] signalled = new int[1];
            for (int i = 0; i < 2; i++) {
                waiting.add(start(() -> {
                    SharedLock same = there.lock("l");
                    same.lock();
                    try {
                        same.newCondition().await();
                        signalled[0]++;
                    } finally {
                        same.unlock();
                    }
                }));
            }
            awaitWaiting(waiting);
            Thread interrupter = start(() -> waiting.get(0).interrupt());
            lock.lock();
            lock.newCondition().signal();
            lock.unlock();
            interrupter.join();
            // Whichever of the two came first: one signal was given, and one of them got it.
            waiting.get(0).join();
            Eventually.becomesTrue("one of them was signalled", () -> {
                lock.lock();
                try {
                    return signalled[0] == 1;
                } finally {
                    lock.unlock();
                }
            });
            waiting.get(1).interrupt();
            waiting.get(1).join();
        }
    }

    @Test
    void onceTheIpcIsClosedWaitersWakeAndWhatTheyOweSaysTheSame() throws Exception {
        SharedLock lock = here.lock("l");
        Condition condition = lock.newCondition();
        List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
        Thread waiting = start(() -> {
            lock.lock();
            try {
                condition.await();
            } catch (IllegalStateException e) {
                thrown.add(e);
            } finally {
                try {
                    lock.unlock();
                } catch (IllegalStateException e) {
                    thrown.add(e);
                }
            }
        });
        awaitWaiting(List.of(waiting));
        here.close();
        waiting.join();
        assertThat(thrown).hasSize(2).allMatch(e -> !(e instanceof IllegalMonitorStateException));
        assertThatThrownBy(lock::newCondition).isInstanceOf(IllegalStateException.class);
        assertThat(there.lock("l").tryLock()).isTrue();
    }

    @Test
    void whoWaitsForAHeldLockLearnsThatItsIpcWasClosed() throws Exception {
        there.lock("l").lock();
        Future<?> waiting = threads.run(() -> here.lock("l").acquire());
        here.close();
        assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(IllegalStateException.class);
    }

    // ---- a bounded buffer, which is what conditions are for ----

    private static void put(Ipc ipc, int turns) throws Exception {
        SharedLock lock = ipc.lock("buffer");
        SharedLong count = ipc.sharedLong("count", 0);
        for (int turn = 0; turn < turns; turn++) {
            lock.lock();
            try {
                while (count.get() == 3) {
                    lock.newCondition("not-full").await();
                }
                count.incrementAndGet();
                lock.newCondition("not-empty").signal();
            } finally {
                lock.unlock();
            }
        }
    }

    private static void take(Ipc ipc, int turns) throws Exception {
        SharedLock lock = ipc.lock("buffer");
        SharedLong count = ipc.sharedLong("count", 0);
        Condition notEmpty = lock.newCondition("not-empty");
        Condition notFull = lock.newCondition("not-full");
        for (int turn = 0; turn < turns; turn++) {
            lock.lock();
            try {
                while (count.get() == 0) {
                    notEmpty.await();
                }
                count.decrementAndGet();
                notFull.signal();
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void aBoundedBufferOfManyThreadsNeverHangs() throws Exception {
        for (int i = 0; i < 6; i++) {
            Ipc each = i % 2 == 0 ? here : there;
            int turns = 300;
            threads.run(i < 3 ? () -> put(each, turns) : () -> take(each, turns));
        }
        threads.awaitAll();
        assertThat(here.sharedLong("count", 0).get()).isZero();
    }

    // ---- real processes ----

    static void puts(String[] args) throws Exception {
        put(Ipc.open(Path.of(args[0])), 500);
    }

    @Test
    void aBoundedBufferBetweenProcessesNeverHangs() throws Exception {
        try (Child one = Child.start(ConditionTest.class, "puts", home);
                Child two = Child.start(ConditionTest.class, "puts", home)) {
            Future<?> taken = threads.run(() -> take(here, 500));
            take(there, 500);
            Threads.result(taken);
            one.awaitEnd();
            two.awaitEnd();
        }
    }

    static void waits(String[] args) throws Exception {
        SharedLock lock = Ipc.open(Path.of(args[0])).lock("l");
        Condition condition = lock.newCondition();
        lock.lock();
        Child.say("waits");
        condition.await();
        Child.say("signalled");
        lock.unlock();
        Child.hear();
    }

    @Test
    void aDeadWaiterTakesNoSignalWithIt() throws Exception {
        SharedLock lock = here.lock("l");
        try (Child dies = Child.start(ConditionTest.class, "waits", home)) {
            dies.expect("waits");
            lock.lock();
            lock.unlock();
            try (Child lives = Child.start(ConditionTest.class, "waits", home)) {
                lives.expect("waits");
                lock.lock();
                dies.kill();
                lock.newCondition().signal();
                lock.unlock();
                lives.expect("signalled");
            }
        }
    }

    @Test
    void aWaiterThatDiesAfterItsSignalPassesItOn() throws Exception {
        SharedLock lock = here.lock("l");
        try (Child dies = Child.start(ConditionTest.class, "waits", home)) {
            dies.expect("waits");
            lock.lock();
            lock.unlock();
            try (Child lives = Child.start(ConditionTest.class, "waits", home)) {
                lives.expect("waits");
                lock.lock();
                lock.newCondition().signal();
                // It knows of its signal, and waits for the lock.
                dies.kill();
                lock.unlock();
                lives.expect("signalled");
            }
        }
    }

    static void diesWithTheLock(String[] args) throws Exception {
        SharedLock lock = Ipc.open(Path.of(args[0])).lock("l");
        lock.lock();
        lock.newCondition().signal();
        Child.say("signalled");
        Child.hear();
    }

    @Test
    void aWaiterThatTakesTheLockOverFromTheDeadIsTold() throws Exception {
        SharedLock lock = here.lock("l");
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.howAcquired()).isEqualTo(Acquired.FREE);
        lock.unlock();
        AtomicReference<Acquired> how = new AtomicReference<>();
        Thread waiting = start(() -> {
            lock.lock();
            try {
                lock.newCondition().await();
                how.set(lock.howAcquired());
            } finally {
                lock.unlock();
            }
        });
        awaitWaiting(List.of(waiting));
        try (Child dies = Child.start(ConditionTest.class, "diesWithTheLock", home)) {
            dies.expect("signalled").kill();
            waiting.join();
            assertThat(how).hasValue(Acquired.FROM_DEAD_OWNER);
        }
    }
}
