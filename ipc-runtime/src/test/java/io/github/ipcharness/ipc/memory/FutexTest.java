package io.github.ipcharness.ipc.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ipcharness.ipc.Child;
import io.github.ipcharness.ipc.NativeAccess;
import io.github.ipcharness.ipc.SharedMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The futex itself, and who sleeps on one in which company. On a JVM that has none, what is asked is that it has none. */
class FutexTest {

    private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);
    private static final int WORD = MappedRegion.HEADER_BYTES;
    private static final int POINT = MappedRegion.HEADER_BYTES + 128;
    private static final int FIRST_PLACE = POINT + 8;

    @TempDir(factory = SharedMemory.class)
    Path home;

    private Participants participants;
    private Child child;

    @BeforeEach
    void join() {
        participants = Participants.join(home);
    }

    @AfterEach
    void leave() {
        participants.leave();
        if (child != null) {
            child.close();
        }
    }

    // ---- the call ----

    @Test
    void itIsThereIfAndOnlyIfTheJvmWasTold() {
        assertThat(Futex.isAvailable()).isEqualTo(NativeAccess.isEnabled());
        assertThat(Futex.isAvailableHere()).isEqualTo(NativeAccess.isEnabled());
    }

    @Test
    void whoSleepsOnAWordIsWokenOrHasSeenAnotherWord() throws Exception {
        assumeTrue(Futex.isAvailable());
        ByteBuffer word = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        long address = Futex.addressOf(word);
        assertThat(Futex.wakeOne(address)).as("nobody sleeps").isFalse();
        // The word is another one: it returns, where it would else sleep for an hour.
        Futex.await(address, 1, FOR_EVER);
        CompletableFuture<Void> woken = CompletableFuture.runAsync(() -> Futex.await(address, 0, FOR_EVER));
        while (!Futex.wakeOne(address)) {
            assertThat(woken).isNotDone();
            Thread.onSpinWait();
        }
        woken.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        Futex.await(address, 0, 1_000_000);
    }

    // ---- in company ----

    private MappedRegion region() {
        return region(participants, home);
    }

    private static MappedRegion region(Participants participants, Path home) {
        Path file = home.resolve(RegionKind.LONG.fileOf("n"));
        return participants.openOrCreate(file, RegionKind.LONG, 128 + WaitPoint.BYTES, made -> {});
    }

    private CompletableFuture<Void> sleepUntilItIsOne(MappedRegion region) {
        WaitPoint point = new WaitPoint(region, POINT, participants);
        return CompletableFuture.runAsync(() -> {
            try (Waiting waiting = new Waiting(point)) {
                while (region.getLongVolatile(WORD) != 1) {
                    waiting.pause(Deadline.NEVER);
                }
                waiting.succeeded();
            }
        });
    }

    private static void awaitSleeper(MappedRegion region) {
        while (region.getLongVolatile(FIRST_PLACE) == 0) {
            Thread.onSpinWait();
        }
    }

    /** In a child: what another process does to wake this one. */
    static void wake(String[] args) throws Exception {
        Path home = Path.of(args[0]);
        Participants participants = Participants.join(home);
        MappedRegion region = region(participants, home);
        Child.say("has futex: " + Futex.isAvailable());
        Child.hear();
        region.putLongVolatile(WORD, 1);
        new WaitPoint(region, POINT, participants).wakeAll();
        participants.leave();
    }

    @Test
    void whoIsInCompanyOfItsLikeSleepsOnAFutexIfItHasOne() throws Exception {
        child = Child.start(FutexTest.class, "wake", home);
        child.expect("has futex: " + NativeAccess.isEnabled());
        MappedRegion region = region();
        assertThat(region.allHaveFutex()).isEqualTo(NativeAccess.isEnabled());
        CompletableFuture<Void> sleeper = sleepUntilItIsOne(region);
        awaitSleeper(region);
        assertThat((int) region.getLongVolatile(FIRST_PLACE) < 0)
                .as("sleeps without a bell")
                .isEqualTo(NativeAccess.isEnabled());
        child.tell();
        sleeper.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        child.awaitEnd();
        assertThat(region.getLongVolatile(FIRST_PLACE)).isZero();
    }

    @Test
    void whoseCompanyHasNoneSleepsOnABell() throws Exception {
        child = Child.startWithoutNativeAccess(FutexTest.class, "wake", home);
        child.expect("has futex: false");
        MappedRegion region = region();
        assertThat(region.allHaveFutex()).isFalse();
        CompletableFuture<Void> sleeper = sleepUntilItIsOne(region);
        awaitSleeper(region);
        assertThat((int) region.getLongVolatile(FIRST_PLACE)).isPositive();
        child.tell();
        sleeper.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        child.awaitEnd();
        assertThat(child.standardError()).isEmpty();
    }

    @Test
    void whoSleepsOnAFutexAlreadyIsWokenByOneWithout() throws Exception {
        MappedRegion region = region();
        CompletableFuture<Void> sleeper = sleepUntilItIsOne(region);
        awaitSleeper(region);
        child = Child.startWithoutNativeAccess(FutexTest.class, "wake", home);
        child.expect("has futex: false");
        assertThat(region.allHaveFutex()).isFalse();
        child.tell();
        sleeper.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        child.awaitEnd();
    }

    @Test
    void aDeadSleeperIsPassedOver() throws Exception {
        child = Child.start(FutexTest.class, "sleep", home);
        child.expect("sleeps");
        MappedRegion region = region();
        CompletableFuture<Void> sleeper = sleepUntilItIsOne(region);
        while (region.getLongVolatile(FIRST_PLACE + Long.BYTES) == 0) {
            Thread.onSpinWait();
        }
        child.kill();
        region.putLongVolatile(WORD, 1);
        // Both may have their bit back by themselves at this moment; the dead one never leaves its place.
        new WaitPoint(region, POINT, participants).wakeOne();
        sleeper.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(region.getLongVolatile(FIRST_PLACE + Long.BYTES)).isZero();
    }

    /** In a child: sleeps for ever. */
    static void sleep(String[] args) {
        Path home = Path.of(args[0]);
        Participants participants = Participants.join(home);
        MappedRegion region = region(participants, home);
        try (Waiting waiting = new Waiting(new WaitPoint(region, POINT, participants))) {
            while (!waiting.hasLainDown()) {
                waiting.pause(Deadline.NEVER);
            }
            Child.say("sleeps");
            while (region.getLongVolatile(WORD) != 2) {
                waiting.pause(Deadline.NEVER);
            }
        }
    }

    @Test
    void anInterruptEndsTheSleep() throws Exception {
        MappedRegion region = region();
        WaitPoint point = new WaitPoint(region, POINT, participants);
        CompletableFuture<Class<?>> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try (Waiting waiting = new Waiting(point)) {
                while (waiting.pauseInterruptibly(Deadline.NEVER)) {}
            } catch (InterruptedException e) {
                thrown.complete(e.getClass());
            }
        });
        thread.start();
        awaitSleeper(region);
        thread.interrupt();
        assertThat(thrown.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(InterruptedException.class);
        thread.join();
        assertThat(region.getLongVolatile(FIRST_PLACE))
                .as("it has left its place")
                .isZero();
    }
}
