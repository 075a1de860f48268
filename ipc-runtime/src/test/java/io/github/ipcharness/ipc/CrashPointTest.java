package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.crash.Stat;
import io.github.ipcharness.ipc.memory.CrashPoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process ends or stops where its property says, and nowhere where it says nothing. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CrashPointTest {

    @TempDir(factory = SharedMemory.class)
    Path home;

    @Test
    void withoutThePropertyNothingHappens() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            ipc.queue("q", Codec.INT).put(1);
        }
        assertThat(CrashPoint.PUT_COMMITTED.hits()).isZero();
    }

    static void putThree(String[] args) throws Exception {
        System.setProperty(CrashPoint.PROPERTY, args[1]);
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
            for (int i = 1; i <= 3; i++) {
                queue.put(i);
                Child.say(i);
            }
            Child.say("hits " + CrashPoint.PUT_COMMITTED.hits());
        }
    }

    private Child child(String crash) {
        return Child.start(CrashPointTest.class, "putThree", home, crash);
    }

    @Test
    void aKillAtTheSecondHitLeavesTheSecondOperationWithoutReturn() throws Exception {
        try (Ipc ipc = Ipc.open(home);
                Child child = child("PUT_COMMITTED:2:halt")) {
            child.expect(1);
            Eventually.becomesTrue("the child is dead", () -> !child.isAlive());
            assertThat(child.saidSoFar()).isEmpty();
            IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
            assertThat(queue.take()).isEqualTo(1);
            assertThat(queue.take()).isEqualTo(2);
            queue.put(3);
            assertThat(queue.take()).isEqualTo(3);
        }
    }

    @Test
    void aStopAtAPointLastsUntilSomebodyWakesTheProcess() throws Exception {
        try (Child child = child("PUT_WRITTEN:2:freeze")) {
            child.expect(1);
            Eventually.becomesTrue("the child is stopped", () -> Stat.isStopped(child.pid()));
            assertThat(child.saidSoFar()).isEmpty();
            child.thaw();
            child.expect(2).expect(3).expect("hits 3").awaitEnd();
        }
    }

    @Test
    void hitsAreCountedWhereNothingIsPlanned() throws Exception {
        try (Child child = child("nothing")) {
            child.expect(1).expect(2).expect(3).expect("hits 3").awaitEnd();
        }
    }
}
