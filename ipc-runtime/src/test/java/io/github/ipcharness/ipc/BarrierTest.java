package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The contract of {@link java.util.concurrent.CyclicBarrier}, between participants, and what a death does to it. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BarrierTest {

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

    private static void awaitWaiting(SharedBarrier barrier, int count) throws Exception {
        Eventually.becomesTrue(count + " wait", () -> barrier.getNumberWaiting() == count);
    }

    @Test
    void allAreLetThroughOnceAllHaveCome() throws Exception {
        SharedBarrier mine = here.barrier("b", 3);
        Future<Integer> first = threads.call(() -> there.barrier("b", 3).await());
        awaitWaiting(mine, 1);
        Future<Integer> second = threads.call(() -> mine.await(1, TimeUnit.DAYS));
        awaitWaiting(mine, 2);
        assertThat(first.isDone() || second.isDone()).isFalse();
        assertThat(mine.await(Duration.ofSeconds(-1)))
                .as("the last need not wait")
                .isZero();
        assertThat(Threads.result(first)).isEqualTo(2);
        assertThat(Threads.result(second)).isEqualTo(1);
        assertThat(mine.getNumberWaiting()).isZero();
        assertThat(mine.getParties()).isEqualTo(3);
        assertThat(mine.isBroken()).isFalse();
    }

    @Test
    void aBarrierForOneNeverWaits() throws Exception {
        SharedBarrier mine = here.barrier("b", 1);
        for (int i = 0; i < 200_000; i++) {
            assertThat(mine.await()).isZero();
        }
    }

    @Test
    void nobodyIsEverARoundAheadOfTheOthers() throws Exception {
        int parties = 6;
        int rounds = 2000;
        AtomicIntegerArray at = new AtomicIntegerArray(parties);
        AtomicInteger last = new AtomicInteger();
        for (int i = 0; i < parties; i++) {
            int me = i;
            Ipc each = i % 2 == 0 ? here : there;
            threads.run(() -> {
                SharedBarrier barrier = each.barrier("b", parties);
                for (int round = 1; round <= rounds; round++) {
                    at.set(me, round);
                    if (barrier.await() == 0) {
                        last.incrementAndGet();
                    }
                    for (int other = 0; other < parties; other++) {
                        assertThat(at.get(other)).isBetween(round, round + 1);
                    }
                }
            });
        }
        threads.awaitAll();
        assertThat(last).as("one of them is the last, each time").hasValue(rounds);
    }

    @Test
    void whoseTimeIsOverBreaksItForTheOthersUntilItIsReset() throws Exception {
        SharedBarrier mine = here.barrier("b", 3);
        Future<Integer> waiting = threads.call(() -> there.barrier("b", 3).await());
        awaitWaiting(mine, 1);
        assertThatThrownBy(() -> mine.await(Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("not all 3 parties of barrier 'b' came in time");
        assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(BrokenBarrierException.class);
        assertThat(mine.isBroken()).isTrue();
        assertThat(mine.getNumberWaiting()).isZero();
        assertThatThrownBy(mine::await)
                .isInstanceOf(BrokenBarrierException.class)
                .hasMessage("barrier 'b' is broken: a party left early, or it was reset");
        mine.reset();
        assertThat(mine.isBroken()).isFalse();
        Future<Integer> again = threads.call(() -> mine.await());
        Future<Integer> andAgain = threads.call(() -> mine.await());
        int mineToo = there.barrier("b", 3).await();
        assertThat(List.of(mineToo, Threads.result(again), Threads.result(andAgain)))
                .containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void aResetSendsThoseWhoWaitAway() throws Exception {
        SharedBarrier mine = here.barrier("b", 2);
        for (int round = 0; round < 100; round++) {
            Future<Integer> waiting = threads.call(() -> there.barrier("b", 2).await());
            awaitWaiting(mine, 1);
            mine.reset();
            assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(BrokenBarrierException.class);
            assertThat(mine.isBroken()).isFalse();
        }
        mine.reset();
        mine.reset();
        Future<Integer> waiting = threads.call(() -> there.barrier("b", 2).await());
        mine.await();
        Threads.result(waiting);
    }

    @Test
    void anInterruptBreaksItForTheOthers() throws Exception {
        SharedBarrier mine = here.barrier("b", 3);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                mine.await();
            } catch (Throwable t) {
                thrown.set(t);
            }
        });
        thread.start();
        awaitWaiting(mine, 1);
        Future<Integer> other = threads.call(() -> there.barrier("b", 3).await());
        awaitWaiting(mine, 2);
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThatThrownBy(() -> Threads.result(other)).isInstanceOf(BrokenBarrierException.class);
        mine.reset();
        Thread.currentThread().interrupt();
        assertThatThrownBy(mine::await).isInstanceOf(InterruptedException.class);
        assertThat(mine.isBroken()).isTrue();
    }

    @Test
    void aParticipantThatLeavesIsMissed() throws Exception {
        SharedBarrier mine = here.barrier("b", 2);
        Future<Integer> met = threads.call(() -> there.barrier("b", 2).await());
        mine.await();
        Threads.result(met);
        there.close();
        assertThatThrownBy(mine::await)
                .isInstanceOf(BrokenBarrierException.class)
                .hasMessageMatching("barrier 'b' is broken: participant \\d+ died or left");
    }

    @Test
    void aBarrierKeepsItsParties() {
        here.barrier("b", 2);
        assertThatThrownBy(() -> there.barrier("b", 3))
                .isInstanceOf(IpcException.class)
                .hasMessage("'b' was created with parties 2, and is opened with 3");
        for (int parties : new int[] {0, -1, 4097}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> here.barrier("c", parties))
                    .withMessage("parties must be from 1 to 4096: " + parties);
        }
        assertThat(here.barrier("most", 4096).getParties()).isEqualTo(4096);
    }

    @Test
    void onceTheIpcIsClosedEverythingIsRefusedAndWaitersWake() throws Exception {
        SharedBarrier mine = here.barrier("b", 2);
        Future<Integer> waiting = threads.call(() -> mine.await());
        awaitWaiting(mine, 1);
        here.close();
        assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(IllegalStateException.class);
        for (Threads.Task task : List.<Threads.Task>of(
                mine::await, mine::reset, mine::isBroken, mine::getNumberWaiting, () -> here.barrier("b", 2))) {
            assertThatIllegalStateException().isThrownBy(task::run).withMessageContaining("closed");
        }
        assertThat(mine.toString()).contains("b");
    }

    // ---- real processes ----

    static void meets(String[] args) throws Exception {
        SharedBarrier barrier = Ipc.open(Path.of(args[0])).barrier("b", Integer.parseInt(args[1]));
        for (int round = 0; round < Integer.parseInt(args[2]); round++) {
            barrier.await();
            Child.say("met");
        }
        Child.hear();
    }

    @Test
    void aPartyKilledWhileItWaitsBreaksIt() throws Exception {
        SharedBarrier mine = here.barrier("b", 3);
        try (Child dies = Child.start(BarrierTest.class, "meets", home, 3, 1)) {
            awaitWaiting(mine, 1);
            Future<Integer> waiting = threads.call(() -> mine.await());
            awaitWaiting(mine, 2);
            dies.kill();
            assertThatThrownBy(() -> Threads.result(waiting))
                    .isInstanceOf(BrokenBarrierException.class)
                    .hasMessageContaining("died");
        }
    }

    @Test
    void aPartyKilledBeforeItComesBackBreaksIt() throws Exception {
        SharedBarrier mine = here.barrier("b", 3);
        try (Child dies = Child.start(BarrierTest.class, "meets", home, 3, 1);
                Child lives = Child.start(BarrierTest.class, "meets", home, 3, 2)) {
            mine.await();
            dies.expect("met");
            lives.expect("met");
            Future<Integer> waiting = threads.call(() -> mine.await());
            awaitWaiting(mine, 2);
            dies.kill();
            assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(BrokenBarrierException.class);
            assertThatThrownBy(mine::await).isInstanceOf(BrokenBarrierException.class);
        }
    }

    @Test
    void afterAResetAReplacementTakesTheDeadOnesPlace() throws Exception {
        SharedBarrier mine = here.barrier("b", 2);
        try (Child dies = Child.start(BarrierTest.class, "meets", home, 2, 1)) {
            mine.await();
            dies.expect("met").kill();
            assertThatThrownBy(mine::await).isInstanceOf(BrokenBarrierException.class);
        }
        mine.reset();
        try (Child replacement = Child.start(BarrierTest.class, "meets", home, 2, 2)) {
            mine.await();
            replacement.expect("met");
            mine.await();
            replacement.expect("met");
        }
    }

    @Test
    void aFrozenPartyIsWaitedFor() throws Exception {
        SharedBarrier mine = here.barrier("b", 2);
        try (Child slow = Child.start(BarrierTest.class, "meets", home, 2, 2)) {
            mine.await();
            slow.expect("met");
            awaitWaiting(mine, 1);
            slow.freeze();
            mine.await();
            Future<Integer> next = threads.call(() -> mine.await());
            awaitWaiting(mine, 1);
            slow.thaw();
            slow.expect("met");
            assertThat(next.isDone()).isFalse();
            mine.await();
            Threads.result(next);
        }
    }

    @Test
    void whatAFormerRunHasLeftIsInNobodysWay() throws Exception {
        for (int round = 0; round < 3; round++) {
            try (Child one = Child.start(BarrierTest.class, "meets", home, 2, round);
                    Child two = Child.start(BarrierTest.class, "meets", home, 2, 1 + round)) {
                for (int met = 0; met < round; met++) {
                    one.expect("met");
                    two.expect("met");
                }
                SharedBarrier look = here.barrier("b", 2);
                awaitWaiting(look, 1);
                one.kill();
                if (round == 2) {
                    Eventually.becomesTrue("broken", look::isBroken);
                }
                two.kill();
            }
        }
        Future<Integer> met = threads.call(() -> there.barrier("b", 2).await());
        here.barrier("b", 2).await();
        Threads.result(met);
    }

    static void meetsForEver(String[] args) throws Exception {
        SharedBarrier barrier = Ipc.open(Path.of(args[0])).barrier("b", 2);
        Child.say("works");
        while (true) {
            try {
                barrier.await();
            } catch (BrokenBarrierException e) {
                barrier.reset();
            }
        }
    }

    @Test
    void aPartyKilledAtWhateverInstantStrandsNobody() throws Exception {
        for (int round = 0; round < 8; round++) {
            SharedBarrier mine = here.barrier("b", 2);
            try (Child dies = Child.start(BarrierTest.class, "meetsForEver", home)) {
                dies.expect("works");
                AtomicInteger met = new AtomicInteger();
                Future<?> meetings = threads.run(() -> {
                    while (true) {
                        mine.await();
                        met.incrementAndGet();
                    }
                });
                // From then on it is known; and each round it is killed somewhere else.
                int enough = 1 + round * 50;
                Eventually.becomesTrue("they meet", () -> met.get() >= enough);
                dies.kill();
                assertThatThrownBy(() -> Threads.result(meetings)).isInstanceOf(BrokenBarrierException.class);
            }
            mine.reset();
        }
    }
}
