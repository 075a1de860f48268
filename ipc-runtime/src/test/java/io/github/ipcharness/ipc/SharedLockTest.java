package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link java.util.concurrent.locks.Lock}, between processes that die. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedLockTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Ipc here;
    private Ipc there;
    private SharedLock mine;
    private SharedLock theirs;
    private final Threads threads = new Threads();

    @BeforeEach
    void open() {
        here = Ipc.open(home);
        there = Ipc.open(home);
        mine = here.lock("l");
        theirs = there.lock("l");
    }

    @AfterEach
    void close() {
        threads.close();
        here.close();
        there.close();
    }

    private Child child(String method, Object... args) {
        List<Object> all = new ArrayList<>(List.of(home));
        all.addAll(List.of(args));
        return Child.start(SharedLockTest.class, method, all.toArray());
    }

    /** Every way to take the lock that waits, and may be interrupted. */
    private static List<Threads.Task> interruptibleWaysToLock(SharedLock lock) {
        return List.of(
                lock::acquire,
                () -> lock.acquire(LONG),
                lock::lockInterruptibly,
                () -> lock.tryLock(1, TimeUnit.HOURS));
    }

    private boolean anotherThreadGets(SharedLock lock) throws Exception {
        return Threads.result(threads.<Boolean>call(lock::tryLock));
    }

    // ---- one after the other ----

    @Test
    void oneAtATimeHoldsIt() throws Exception {
        assertThat(mine.acquire()).isEqualTo(Acquired.FREE);
        assertThat(theirs.tryLock()).isFalse();
        assertThat(theirs.acquire(Duration.ZERO)).isNull();
        assertThat(theirs.tryLock(0, TimeUnit.SECONDS)).isFalse();
        assertThat(anotherThreadGets(mine)).isFalse();
        mine.unlock();
        assertThat(theirs.acquire(LONG)).isEqualTo(Acquired.FREE);
        assertThat(mine.tryLock()).isFalse();
        theirs.unlock();
        assertThat(anotherThreadGets(mine)).isTrue();
    }

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        theirs.lock();
        long start = System.nanoTime();
        assertThat(mine.acquire(SHORT)).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        start = System.nanoTime();
        assertThat(mine.tryLock(SHORT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        start = System.nanoTime();
        assertThat(Threads.result(threads.call(() -> theirs.acquire(SHORT))))
                .as("another thread")
                .isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(mine.tryLock(-1, TimeUnit.DAYS)).isFalse();
        assertThat(mine.acquire(Duration.ofSeconds(Long.MIN_VALUE))).isNull();
        assertThatThrownBy(() -> mine.acquire(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timeout");
        theirs.unlock();
        assertThat(mine.tryLock(-1, TimeUnit.DAYS))
                .as("a free lock needs no time")
                .isTrue();
    }

    @Test
    void whoWaitsGetsItOnceItIsUnlocked() throws Exception {
        theirs.lock();
        List<Future<?>> waiting = new ArrayList<>();
        for (SharedLock lock : List.of(mine, here.lock("l"))) {
            waiting.add(threads.waiting(SharedLock.class, () -> {
                assertThat(lock.acquire()).isEqualTo(Acquired.FREE);
                lock.unlock();
            }));
        }
        theirs.unlock();
        for (Future<?> each : waiting) {
            Threads.result(each);
        }
    }

    @Test
    void theSameThreadMayLockItAgainAndUnlocksItAsOften() throws Exception {
        mine.lock();
        assertThat(here.lock("l")).isSameAs(mine);
        assertThat(mine.acquire()).isEqualTo(Acquired.FREE);
        assertThat(mine.acquire(Duration.ZERO)).isEqualTo(Acquired.FREE);
        assertThat(mine.tryLock()).isTrue();
        assertThat(mine.tryLock(0, TimeUnit.SECONDS)).isTrue();
        mine.lockInterruptibly();
        for (int i = 0; i < 6; i++) {
            assertThat(mine.isHeldByCurrentThread()).isTrue();
            assertThat(theirs.tryLock()).isFalse();
            mine.unlock();
        }
        assertThat(mine.isHeldByCurrentThread()).isFalse();
        assertThat(theirs.tryLock()).isTrue();
    }

    @Test
    void onlyItsOwnerUnlocksIt() throws Exception {
        assertThatThrownBy(mine::unlock)
                .isInstanceOf(IllegalMonitorStateException.class)
                .hasMessage("this thread does not hold lock 'l'");
        mine.lock();
        assertThatThrownBy(theirs::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThatThrownBy(() -> Threads.result(threads.run(mine::unlock)))
                .isInstanceOf(IllegalMonitorStateException.class);
        assertThat(theirs.tryLock()).as("none of them has unlocked it").isFalse();
        mine.unlock();
        assertThatThrownBy(mine::unlock).isInstanceOf(IllegalMonitorStateException.class);
        assertThat(theirs.tryLock()).isTrue();
    }

    @Test
    void itSaysWhoHoldsIt() {
        assertThat(mine.name()).isEqualTo("l");
        assertThat(mine).hasToString("SharedLock[l, free]");
        mine.lock();
        assertThat(theirs.toString())
                .startsWith("SharedLock[l, held by participant ")
                .isEqualTo(mine.toString());
        assertThat(theirs.isHeldByCurrentThread()).isFalse();
    }

    @Test
    void aThreadThatEndsKeepsItWhileItsProcessLives() throws Exception {
        Threads.result(threads.run(mine::lock));
        assertThat(theirs.acquire(SHORT)).isNull();
        assertThat(mine.acquire(SHORT)).isNull();
        here.close();
        assertThat(theirs.acquire()).isEqualTo(Acquired.FROM_DEAD_OWNER);
    }

    // ---- interrupts ----

    @Test
    void anInterruptEndsTheWaitAndTheLockIsNotHeld() throws Exception {
        theirs.lock();
        for (Threads.Task way : interruptibleWaysToLock(mine)) {
            assertThat(Threads.thrownWhenInterrupted(Waiting.class, way)).isInstanceOf(InterruptedException.class);
        }
        for (Threads.Task way : interruptibleWaysToLock(theirs)) {
            assertThat(Threads.thrownWhenInterrupted(SharedLock.class, way))
                    .as("while another thread has it")
                    .isInstanceOf(InterruptedException.class);
        }
        theirs.unlock();
        assertThat(mine.tryLock()).isTrue();
        mine.unlock();
        assertThat(anotherThreadGets(theirs)).isTrue();
    }

    @Test
    void anInterruptThatCameBeforeIsThrownBeforeAnythingHappens() throws Exception {
        for (Threads.Task way : interruptibleWaysToLock(mine)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(way::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(mine.isHeldByCurrentThread()).isFalse();
        Thread.currentThread().interrupt();
        assertThat(mine.tryLock()).isTrue();
        mine.unlock();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(theirs.tryLock()).isTrue();
    }

    @Test
    void lockIsNotInterruptedAndKeepsTheInterruptForLater() throws Exception {
        theirs.lock();
        AtomicReference<Thread> waiter = new AtomicReference<>();
        Future<?> locking = threads.waiting(Waiting.class, () -> {
            waiter.set(Thread.currentThread());
            mine.lock();
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            mine.unlock();
        });
        for (int i = 0; i < 3; i++) {
            waiter.get().interrupt();
            Eventually.becomesTrue(
                    "it has seen the interrupt", () -> !waiter.get().isInterrupted());
            assertThat(locking.isDone()).isFalse();
        }
        theirs.unlock();
        Threads.result(locking);
    }

    // ---- processes ----

    /** Adds one to a number, so many times, in a way that only the lock makes safe. */
    static void count(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]));
                Threads threads = new Threads()) {
            threads.run(() -> countIn(ipc, Integer.parseInt(args[1])));
            threads.run(() -> countIn(ipc, Integer.parseInt(args[1])));
            threads.awaitAll();
        }
    }

    private static void countIn(Ipc ipc, int times) throws InterruptedException {
        SharedLock lock = ipc.lock("l");
        SharedLong number = ipc.sharedLong("number", 0);
        SharedLong inside = ipc.sharedLong("inside", 0);
        for (int i = 0; i < times; i++) {
            switch (i % 4) {
                case 0 -> lock.lock();
                case 1 -> assertThat(lock.acquire(LONG)).isEqualTo(Acquired.FREE);
                case 2 -> lock.lockInterruptibly();
                default -> {
                    while (!lock.tryLock()) {
                        Thread.yield();
                    }
                }
            }
            try {
                assertThat(inside.getAndSet(1)).as("others inside").isZero();
                number.set(number.get() + 1);
                assertThat(inside.getAndSet(0)).as("this one inside").isEqualTo(1);
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void noTwoThreadsOfAnyProcessAreInsideAtOnce() throws Exception {
        int times = 2000;
        try (Child one = child("count", times);
                Child two = child("count", times)) {
            Future<?> first = threads.run(() -> countIn(here, times));
            Future<?> second = threads.run(() -> countIn(there, times));
            Threads.result(first);
            Threads.result(second);
            one.awaitEnd();
            two.awaitEnd();
        }
        assertThat(here.sharedLong("number", 0).get()).isEqualTo(6L * times);
    }

    /** Takes the lock, and gives it back when told to. */
    static void hold(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedLock lock = ipc.lock("l");
        lock.lock();
        Child.say("locked");
        Child.hear();
        lock.unlock();
        Child.say("unlocked");
        Child.hear();
    }

    /** Waits for the lock, and says how it came. */
    static void await(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        Child.say("waiting");
        Child.say(ipc.lock("l").acquire());
        Child.hear();
    }

    @Test
    void whoTakesItFromAProcessThatWasKilledIsToldSoOnce() throws Exception {
        try (Child child = child("hold")) {
            child.expect("locked");
            assertThat(mine.acquire(SHORT)).isNull();
            child.kill();
            assertThat(mine.acquire()).isEqualTo(Acquired.FROM_DEAD_OWNER);
            assertThat(mine.acquire()).as("again").isEqualTo(Acquired.FREE);
            mine.unlock();
            assertThat(theirs.tryLock()).isFalse();
            mine.unlock();
            assertThat(theirs.acquire()).isEqualTo(Acquired.FREE);
        }
    }

    @Test
    void everyWayOfLockingTakesItFromAProcessThatWasKilled() throws Exception {
        for (Threads.Task way : List.<Threads.Task>of(
                mine::lock,
                mine::lockInterruptibly,
                () -> assertThat(mine.tryLock()).isTrue(),
                () -> assertThat(mine.tryLock(0, TimeUnit.SECONDS)).isTrue(),
                () -> assertThat(mine.acquire(Duration.ZERO)).isEqualTo(Acquired.FROM_DEAD_OWNER))) {
            try (Child child = child("hold")) {
                child.expect("locked").kill();
                way.run();
                mine.unlock();
            }
        }
    }

    @Test
    void ofAllWhoWaitWhenTheOwnerIsKilledOneIsTold() throws Exception {
        try (Child owner = child("hold");
                Ipc elsewhere = Ipc.open(home)) {
            owner.expect("locked");
            List<Acquired> how = new ArrayList<>();
            List<Future<?>> waiting = new ArrayList<>();
            for (SharedLock lock : List.of(mine, mine, theirs, theirs, elsewhere.lock("l"))) {
                waiting.add(threads.waiting(SharedLock.class, () -> {
                    Acquired acquired = lock.acquire();
                    // The lock guards the list.
                    how.add(acquired);
                    lock.unlock();
                }));
            }
            owner.kill();
            for (Future<?> each : waiting) {
                Threads.result(each);
            }
            assertThat(how)
                    .containsExactly(
                            Acquired.FROM_DEAD_OWNER, Acquired.FREE, Acquired.FREE, Acquired.FREE, Acquired.FREE);
        }
    }

    @Test
    void anOwnerThatStandsStillKeepsIt() throws Exception {
        try (Child owner = child("hold")) {
            owner.expect("locked").freeze();
            assertThat(mine.tryLock()).isFalse();
            assertThat(mine.acquire(Duration.ofMillis(200))).isNull();
            owner.thaw();
            owner.tell();
            assertThat(mine.acquire()).isEqualTo(Acquired.FREE);
            owner.expect("unlocked");
        }
    }

    @Test
    void aWaiterThatIsKilledIsInNobodysWay() throws Exception {
        mine.lock();
        try (Child one = child("await");
                Child two = child("await")) {
            one.expect("waiting");
            two.expect("waiting");
            Future<?> third = threads.waiting(Waiting.class, () -> {
                theirs.lock();
                theirs.unlock();
            });
            one.kill();
            mine.unlock();
            two.expect(Acquired.FREE);
            two.kill();
            Threads.result(third);
        }
    }

    /** Under the lock, changes one number and then the other, for ever. */
    static void changeTwo(String[] args) {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        SharedLock lock = ipc.lock("l");
        SharedLong first = ipc.sharedLong("first", 0);
        SharedLong second = ipc.sharedLong("second", 0);
        while (true) {
            lock.lock();
            try {
                first.set(first.get() + 1);
                second.set(second.get() + 1);
            } finally {
                lock.unlock();
            }
        }
    }

    @Test
    void halfDoneWorkIsAlwaysAnnounced() throws Exception {
        SharedLong first = here.sharedLong("first", 0);
        SharedLong second = here.sharedLong("second", 0);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            try (Child child = child("changeTwo")) {
                long until = second.get() + 1 + random.nextInt(5000);
                long seen = second.get();
                while (seen < until) {
                    seen = second.awaitChange(seen, LONG);
                }
                child.kill();
                Acquired acquired = mine.acquire();
                if (first.get() != second.get()) {
                    assertThat(acquired).as("seed %d", seed).isEqualTo(Acquired.FROM_DEAD_OWNER);
                    assertThat(first.get()).as("seed %d", seed).isEqualTo(second.get() + 1);
                    second.set(first.get());
                }
                mine.unlock();
            }
        }
    }
}
