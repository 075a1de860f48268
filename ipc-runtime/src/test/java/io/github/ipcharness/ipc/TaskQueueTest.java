package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queues of tasks: waiting until all are done, and delivering again what a dead worker had received. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TaskQueueTest {

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

    private IpcQueue<Integer> acknowledged(int capacity) {
        return here.queue("q", Codec.INT, QueueOptions.acknowledged().withCapacity(capacity));
    }

    private IpcQueue<Integer> other() {
        return there.queue("q", Codec.INT);
    }

    // ---- tasks of a queue that keeps no account ----

    @Test
    void awaitDoneWaitsUntilTaskDoneWasSaidOfAll() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT);
        IpcQueue<Integer> worker = other();
        queue.awaitDone();
        queue.putAll(List.of(1, 2, 3));
        assertThat(queue.unfinished()).isEqualTo(3);
        Future<?> all = threads.run(() -> queue.awaitDone());
        for (int i = 0; i < 3; i++) {
            assertThat(worker.unfinished()).isEqualTo(3 - i);
            assertThat(queue.awaitDone(Duration.ofMillis(2))).isFalse();
            assertThat(all.isDone()).isFalse();
            worker.take();
            worker.taskDone();
        }
        Threads.result(all);
        assertThat(queue.awaitDone(Duration.ZERO)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(worker::taskDone)
                .withMessage("taskDone() was called more often than there were puts into queue 'q'");
    }

    @Test
    void manySayDoneAtOnceAndNoneIsLost() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT, QueueOptions.capacity(100));
        List<Future<?>> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            IpcQueue<Integer> each = i % 2 == 0 ? queue : other();
            workers.add(threads.run(() -> {
                try {
                    while (true) {
                        each.take();
                        each.taskDone();
                    }
                } catch (EndOfStreamException e) {
                    // All is taken.
                }
            }));
        }
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 100; i++) {
                queue.put(i);
            }
            queue.awaitDone();
            assertThat(queue.unfinished()).isZero();
            assertThat(queue).isEmpty();
        }
        queue.endOfStream();
        for (Future<?> worker : workers) {
            Threads.result(worker);
        }
    }

    @Test
    void eachKindOfQueueSaysWhichKindIsNeeded() {
        IpcQueue<Integer> plain = here.queue("plain", Codec.INT);
        assertThatThrownBy(plain::receive)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("'plain'")
                .hasMessageContaining("QueueOptions.acknowledged()");
        assertThatThrownBy(() -> acknowledged(5).taskDone())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("done()");
        assertThatThrownBy(() -> here.queue("plain", Codec.INT, QueueOptions.acknowledged()))
                .isInstanceOf(IpcException.class)
                .hasMessage("'plain' was created without, and is opened with, QueueOptions.acknowledged()");
        for (Threads.Task task : List.<Threads.Task>of(
                () -> QueueOptions.acknowledged().withCapacity(65_537),
                () -> QueueOptions.capacity(65_537).withAcknowledgement())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(task::run)
                    .withMessage("capacity of an acknowledged queue must be from 0 to 65536: 65537");
        }
        assertThat(here.queue("most", Codec.INT, QueueOptions.acknowledged().withCapacity(65_536))
                        .capacity())
                .isEqualTo(65_536);
    }

    // ---- acknowledged ----

    @Test
    void messagesAreReceivedInOrderAndLeaveWhenTheyAreDone() throws Exception {
        IpcQueue<Integer> queue = acknowledged(3);
        for (int round = 0; round < 10; round++) {
            queue.putAll(List.of(1, 2, 3));
            assertThat(queue.offer(4)).isFalse();
            Delivery<Integer> one = other().receive();
            Delivery<Integer> two = other().receive(Duration.ZERO);
            assertThat(one.value()).isEqualTo(1);
            assertThat(two.value()).isEqualTo(2);
            assertThat(one.redelivered()).isFalse();
            assertThat(one.deliveries()).isEqualTo(1);
            assertThat(queue).hasSize(1);
            assertThat(queue.unfinished()).isEqualTo(3);
            assertThat(queue.remainingCapacity())
                    .as("what is worked on has its room")
                    .isZero();
            two.done();
            assertThat(queue.unfinished()).isEqualTo(2);
            assertThat(queue.offer(4)).as("behind the oldest").isFalse();
            one.done();
            one.done();
            assertThat(queue.remainingCapacity()).isEqualTo(2);
            Delivery<Integer> three = queue.receive();
            assertThat(queue.receive(Duration.ofMillis(2))).isNull();
            three.done();
            assertThat(queue.unfinished()).isZero();
            queue.awaitDone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void itHoldsExactlyAsManyAsItsCapacitySays(int capacity) throws Exception {
        IpcQueue<Integer> queue = acknowledged(capacity);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < capacity; i++) {
                assertThat(queue.remainingCapacity()).isEqualTo(capacity - i);
                assertThat(queue.offer(i)).isTrue();
            }
            assertThat(queue.offer(-1)).isFalse();
            for (int i = 0; i < capacity; i++) {
                Delivery<Integer> delivery = other().receive();
                assertThat(delivery.value()).isEqualTo(i);
                delivery.done();
            }
            assertThat(queue.receive(Duration.ZERO)).isNull();
        }
    }

    @Test
    void aDoneTaskLetsAWaitingProducerGoOn() throws Exception {
        IpcQueue<Integer> queue = acknowledged(1);
        queue.put(1);
        Future<?> put = threads.run(() -> queue.put(2));
        Delivery<Integer> one = other().receive();
        assertThat(queue.poll()).isNull();
        assertThat(put.isDone()).isFalse();
        one.done();
        Threads.result(put);
        assertThat(other().take()).isEqualTo(2);
    }

    @Test
    void whatAParticipantHasNotDoneWhenItLeavesIsDeliveredAgainOldestFirst() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.putAll(List.of(1, 2, 3, 4, 5));
        IpcQueue<Integer> worker = other();
        Delivery<Integer> one = worker.receive();
        Delivery<Integer> two = worker.receive();
        Delivery<Integer> three = worker.receive();
        two.done();
        there.close();
        for (Threads.Task task : List.<Threads.Task>of(one::done, three::giveBack, worker::receive)) {
            assertThatIllegalStateException().isThrownBy(task::run).withMessageContaining("closed");
        }
        three.close();
        List<String> received = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Delivery<Integer> delivery = queue.receive();
            received.add(delivery.value() + (delivery.redelivered() ? " again" : ""));
            delivery.done();
        }
        assertThat(received).containsExactlyInAnyOrder("1 again", "3 again", "4", "5");
        assertThat(received.indexOf("1 again")).isLessThan(received.indexOf("3 again"));
        assertThat(queue.unfinished()).isZero();
    }

    @Test
    void whatIsGivenBackComesBeforeWhatIsNewAndCounts() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.putAll(List.of(1, 2));
        try (Delivery<Integer> failed = queue.receive()) {
            assertThat(failed.value()).isEqualTo(1);
        }
        for (int times = 2; times <= 5; times++) {
            Delivery<Integer> again = (times % 2 == 0 ? other() : queue).receive();
            assertThat(again.value()).isEqualTo(1);
            assertThat(again.redelivered()).isTrue();
            assertThat(again.deliveries()).isEqualTo(times);
            assertThat(again).hasToString("Delivery[1, delivery " + times + "]");
            again.giveBack();
            again.giveBack();
            again.done();
        }
        assertThat(queue).as("one was given back, one is new").hasSize(2);
        assertThat(queue.take()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(2);
        assertThat(queue.unfinished()).isZero();
    }

    @Test
    void aWaitingWorkerGetsWhatAnotherGivesBack() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        for (int round = 0; round < 100; round++) {
            queue.put(round);
            Delivery<Integer> mine = queue.receive();
            Future<Delivery<Integer>> theirs = threads.call(() -> other().receive());
            mine.giveBack();
            Delivery<Integer> delivery = Threads.result(theirs);
            assertThat(delivery.value()).isEqualTo(round);
            assertThat(delivery.redelivered()).isTrue();
            delivery.done();
        }
    }

    @Test
    void allThatTakesWithoutReceivingSaysDoneAtOnce() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.putAll(List.of(1, 2, 3, 4, 5, 6));
        Delivery<Integer> one = queue.receive();
        one.giveBack();
        assertThat(other()).containsExactly(1, 2, 3, 4, 5, 6);
        List<Integer> drained = new ArrayList<>();
        assertThat(queue.peek()).as("what is given back is first").isEqualTo(1);
        assertThat(queue).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.take()).isEqualTo(2);
        assertThat(queue.poll(1, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(queue.drainTo(drained, 2)).isEqualTo(2);
        assertThat(queue.drainTo(drained)).isEqualTo(1);
        assertThat(drained).containsExactly(4, 5, 6);
        assertThat(queue.unfinished()).isZero();
        assertThat(queue.remainingCapacity()).isEqualTo(10);
        assertThat(queue.poll()).isNull();
    }

    @Test
    void whoHasNothingToDoWaitsForTheEndOfTheOthersWork() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.put(1);
        queue.endOfStream();
        Delivery<Integer> last = queue.receive();
        assertThatThrownBy(queue::receive)
                .as("it has something to do, which the others may wait for")
                .isInstanceOf(EndOfStreamException.class);
        Future<Delivery<Integer>> idle = threads.call(() -> other().receive());
        assertThat(other().receive(Duration.ofMillis(20))).isNull();
        assertThat(other().isEndOfStream()).isFalse();
        last.done();
        assertThatThrownBy(() -> Threads.result(idle)).isInstanceOf(EndOfStreamException.class);
        assertThat(other().isEndOfStream()).isTrue();
        assertThatThrownBy(other()::take).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aMessageThatCannotBeReadCostsOneAndNoMore() throws Exception {
        Codec<String> picky = Codec.of(String::getBytes, bytes -> {
            if (bytes.length == 3) {
                throw new UnsupportedOperationException("bad");
            }
            return new String(bytes);
        });
        IpcQueue<String> queue =
                here.queue("picky", picky, QueueOptions.acknowledged().withCapacity(2));
        queue.putAll(List.of("bad", "good"));
        assertThatThrownBy(queue::receive).isInstanceOf(UnsupportedOperationException.class);
        queue.put("better");
        Delivery<String> good = queue.receive();
        assertThat(good.value()).isEqualTo("good");
        good.done();
        queue.receive().done();
        assertThat(queue.unfinished()).isZero();
    }

    @Test
    void messagesLargerThanTheRingAreDeliveredAgainAndLeaveNothingBehind() throws Exception {
        QueueOptions options = QueueOptions.acknowledged().withCapacity(4).withBytes(1024);
        IpcQueue<byte[]> queue = here.queue("big", Codec.BYTES, options);
        byte[] large = new byte[5000];
        new Random(1).nextBytes(large);
        queue.put(large);
        queue.put(new byte[20]);
        there.queue("big", Codec.BYTES).receive();
        there.close();
        Delivery<byte[]> again = queue.receive();
        Delivery<byte[]> other = queue.receive();
        // The dead one's is first as soon as it is known that it is dead.
        Delivery<byte[]> big = again.redelivered() ? again : other;
        assertThat(big.value()).isEqualTo(large);
        assertThat(big.redelivered()).isTrue();
        again.done();
        other.done();
        assertThat(home.toFile().list()).noneMatch(name -> name.contains("+"));
    }

    /** Against a model, by one thread: whatever is received, done and given back, in whatever order. */
    @Test
    void itDoesWhatAModelDoes() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(20);
            IpcQueue<Integer> queue = here.queue(
                    "m" + seed, Codec.INT, QueueOptions.acknowledged().withCapacity(capacity));
            IpcQueue<Integer> same = there.queue("m" + seed, Codec.INT);
            Deque<Integer> waiting = new ArrayDeque<>();
            List<Integer> again = new ArrayList<>();
            List<Delivery<Integer>> open = new ArrayList<>();
            List<Integer> inRing = new ArrayList<>();
            List<Integer> done = new ArrayList<>();
            for (int step = 0; step < 3000; step++) {
                IpcQueue<Integer> each = random.nextBoolean() ? queue : same;
                switch (random.nextInt(5)) {
                    case 0, 1 -> {
                        assertThat(each.offer(step)).as("seed %d", seed).isEqualTo(inRing.size() < capacity);
                        if (inRing.size() < capacity) {
                            waiting.add(step);
                            inRing.add(step);
                        }
                    }
                    case 2 -> {
                        Delivery<Integer> delivery = each.receive(Duration.ZERO);
                        again.sort(null);
                        Integer expected = again.isEmpty() ? waiting.poll() : again.remove(0);
                        assertThat(delivery == null ? null : delivery.value())
                                .as("seed %d", seed)
                                .isEqualTo(expected);
                        if (delivery != null) {
                            open.add(delivery);
                        }
                    }
                    case 3 -> {
                        if (!open.isEmpty()) {
                            Delivery<Integer> delivery = open.remove(random.nextInt(open.size()));
                            delivery.done();
                            done.add(delivery.value());
                            while (!inRing.isEmpty() && done.contains(inRing.get(0))) {
                                inRing.remove(0);
                            }
                        }
                    }
                    default -> {
                        if (!open.isEmpty() && random.nextInt(3) == 0) {
                            Delivery<Integer> delivery = open.remove(random.nextInt(open.size()));
                            delivery.giveBack();
                            again.add(delivery.value());
                        }
                    }
                }
                assertThat(queue.remainingCapacity()).isEqualTo(capacity - inRing.size());
                assertThat(same.size()).isEqualTo(waiting.size() + again.size());
                assertThat(queue.unfinished()).isEqualTo(waiting.size() + again.size() + open.size());
            }
        }
    }

    // ---- what is recorded ----

    @Test
    void aSecondDeliveryIsNotRecordedAsASecondGet() throws Exception {
        Path recorded = Files.createDirectory(home.resolve("histories"));
        try (Ipc lives = Ipc.open(home)) {
            IpcQueue<Integer> queue =
                    lives.queue("q", Codec.INT, QueueOptions.acknowledged().withCapacity(1));
            queue.put(1);
            assertThat(queue.offer(2)).isFalse();
            try (Ipc dies = Ipc.open(home)) {
                dies.queue("q", Codec.INT).receive();
                assertThat(queue.offer(3)).isFalse();
            }
            queue.receive().done();
        }
        List<String> operations = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(recorded)) {
            for (Path file : files) {
                HistoryReader reader = HistoryReader.open(file);
                while (reader.next()) {
                    operations.add(reader.operation() + " " + reader.outcome());
                }
            }
        }
        assertThat(operations)
                .containsExactlyInAnyOrder(
                        Operation.PUT + " " + Outcome.OK,
                        Operation.PUT + " " + Outcome.NO_EFFECT,
                        Operation.PUT + " " + Outcome.NO_EFFECT,
                        Operation.GET + " " + Outcome.OK,
                        Operation.GET + " " + Outcome.NO_EFFECT);
    }

    // ---- real processes ----

    static void receivesAndHolds(String[] args) throws Exception {
        IpcQueue<Integer> queue = Ipc.open(Path.of(args[0])).queue("q", Codec.INT);
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            Child.say(queue.receive().value());
        }
        Child.hear();
    }

    @Test
    void whatAKilledWorkerHadReceivedIsDeliveredToWhoWaits() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.putAll(List.of(1, 2));
        queue.endOfStream();
        try (Child worker = Child.start(TaskQueueTest.class, "receivesAndHolds", home, 2)) {
            worker.expect(1).expect(2);
            Future<Delivery<Integer>> waiting = threads.call(queue::receive);
            assertThat(queue.receive(Duration.ofMillis(20))).isNull();
            worker.kill();
            Delivery<Integer> one = Threads.result(waiting);
            assertThat(one.value()).isEqualTo(1);
            assertThat(one.redelivered()).isTrue();
            Delivery<Integer> two = other().receive();
            assertThat(two.value()).isEqualTo(2);
            Future<?> all = threads.run(() -> queue.awaitDone());
            two.done();
            assertThat(queue.awaitDone(Duration.ofMillis(2))).isFalse();
            one.done();
            Threads.result(all);
        }
    }

    @Test
    void whatAFrozenWorkerHasReceivedIsNotDeliveredAgain() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.put(1);
        try (Child worker = Child.start(TaskQueueTest.class, "receivesAndHolds", home, 1)) {
            worker.expect(1).freeze();
            assertThat(queue.receive(Duration.ofMillis(200))).isNull();
            worker.kill();
            assertThat(queue.receive().redelivered()).isTrue();
        }
    }

    @Test
    void aPollerLearnsOfADeadWorkerToo() throws Exception {
        IpcQueue<Integer> queue = acknowledged(10);
        queue.put(1);
        try (Child worker = Child.start(TaskQueueTest.class, "receivesAndHolds", home, 1)) {
            worker.expect(1).kill();
        }
        Eventually.becomesTrue("delivered again", () -> queue.poll() != null);
    }

    static void puts(String[] args) throws Exception {
        IpcQueue<Integer> queue = Ipc.open(Path.of(args[0])).queue("q", Codec.INT);
        queue.put(1);
        Child.say("put");
        Child.hear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ifAllProducersAreKilledTheConsumersLearnOfTheEnd(boolean acknowledged) throws Exception {
        QueueOptions options = QueueOptions.defaults().withProducers(2);
        IpcQueue<Integer> queue = here.queue("q", Codec.INT, acknowledged ? options.withAcknowledgement() : options);
        try (Child one = Child.start(TaskQueueTest.class, "puts", home);
                Child two = Child.start(TaskQueueTest.class, "puts", home)) {
            one.expect("put").kill();
            two.expect("put");
            assertThat(queue.take()).isEqualTo(1);
            assertThat(queue.take()).isEqualTo(1);
            Future<Integer> waiting = threads.call(queue::take);
            assertThat(other().poll(50, TimeUnit.MILLISECONDS)).isNull();
            two.kill();
            assertThatThrownBy(() -> Threads.result(waiting)).isInstanceOf(EndOfStreamException.class);
        }
    }

    static void worksUntilKilled(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        IpcQueue<Integer> queue = ipc.queue("q", Codec.INT);
        SharedIntArray worked = ipc.intArray("worked", Integer.parseInt(args[1]));
        SharedIntArray first = ipc.intArray("first", Integer.parseInt(args[1]));
        Child.say("works");
        try {
            while (true) {
                Delivery<Integer> delivery = queue.receive();
                if (!delivery.redelivered()) {
                    first.getAndAdd(delivery.value(), 1);
                }
                worked.getAndAdd(delivery.value(), 1);
                delivery.done();
            }
        } catch (EndOfStreamException e) {
            Child.say("end");
        }
    }

    @Test
    void whicheverWorkersAreKilledAtWhateverInstantAllTasksAreDone() throws Exception {
        int tasks = 20_000;
        int kills = 6;
        IpcQueue<Integer> queue = acknowledged(64);
        Future<?> producer = threads.run(() -> {
            for (int i = 0; i < tasks; i++) {
                queue.put(i);
            }
            queue.endOfStream();
        });
        SharedIntArray worked = here.intArray("worked", tasks);
        SharedIntArray first = here.intArray("first", tasks);
        try (Child steady = Child.start(TaskQueueTest.class, "worksUntilKilled", home, tasks)) {
            for (int kill = 1; kill <= kills; kill++) {
                try (Child victim = Child.start(TaskQueueTest.class, "worksUntilKilled", home, tasks)) {
                    victim.expect("works");
                    int enough = Math.min(tasks - 1, tasks / kills * kill);
                    Eventually.becomesTrue("some work is done", () -> worked.get(enough - 1) > 0);
                    victim.kill();
                }
            }
            Threads.result(producer);
            queue.awaitDone();
            steady.expect("works").expect("end");
        }
        assertThat(queue.unfinished()).isZero();
        int twice = 0;
        for (int i = 0; i < tasks; i++) {
            assertThat(worked.get(i)).as("task %d", i).isPositive();
            assertThat(first.get(i)).as("task %d is new once at most", i).isBetween(0, 1);
            twice += worked.get(i) - 1;
        }
        assertThat(twice).as("at most one for each kill").isBetween(0, kills);
    }
}
