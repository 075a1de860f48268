package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
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

/** The contract of {@link java.util.concurrent.BlockingQueue}, between two participants. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueueContractTest {

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

    private IpcQueue<Integer> queue(int capacity) {
        return here.queue("q", Codec.INT, QueueOptions.capacity(capacity));
    }

    private IpcQueue<Integer> other() {
        return there.queue("q", Codec.INT);
    }

    @Test
    void elementsComeOutInTheOrderInWhichTheyWentIn() throws Exception {
        IpcQueue<Integer> in = queue(100);
        IpcQueue<Integer> out = other();
        for (int i = 0; i < 100; i++) {
            in.put(i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(out.take()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void itHoldsExactlyAsManyElementsAsItsCapacitySays(int capacity) {
        IpcQueue<Integer> queue = queue(capacity);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < capacity; i++) {
                assertThat(queue.remainingCapacity()).isEqualTo(capacity - i);
                assertThat(queue.offer(i)).isTrue();
            }
            assertThat(queue.offer(-1)).isFalse();
            assertThat(queue.remainingCapacity()).isZero();
            assertThat(queue).hasSize(capacity);
            for (int i = 0; i < capacity; i++) {
                assertThat(other().poll()).isEqualTo(i);
            }
            assertThat(queue.poll()).isNull();
        }
        assertThat(queue.capacity()).isEqualTo(capacity);
    }

    @Test
    void addSaysThatItIsFullByAnException() {
        IpcQueue<Integer> queue = queue(1);
        queue.add(1);
        assertThatIllegalStateException().isThrownBy(() -> queue.add(2));
    }

    @Test
    void nullIsNoElement() {
        IpcQueue<Integer> queue = queue(4);
        assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.offer(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.offer(null, 1, TimeUnit.SECONDS)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.putAll(Arrays.asList(1, null))).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.drainTo(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue).isEmpty();
    }

    @Test
    void drainingToNothingLosesNothing() {
        IpcQueue<Integer> queue = queue(4);
        queue.add(1);
        assertThatThrownBy(() -> queue.drainTo(null)).isInstanceOf(NullPointerException.class);
        assertThat(queue).containsExactly(1);
    }

    @Test
    void takeWaitsForAnElementOfAnotherParticipant() throws Exception {
        IpcQueue<Integer> queue = queue(4);
        Future<Integer> taken = threads.call(other()::take);
        queue.put(17);
        assertThat(Threads.result(taken)).isEqualTo(17);
    }

    @Test
    void putWaitsForRoom() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        queue.put(1);
        Future<?> put = threads.run(() -> queue.put(2));
        assertThat(other().take()).isEqualTo(1);
        assertThat(other().take()).isEqualTo(2);
        Threads.result(put);
    }

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        long start = System.nanoTime();
        assertThat(queue.poll(30, TimeUnit.MILLISECONDS)).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        queue.put(1);
        start = System.nanoTime();
        assertThat(queue.offer(2, 30, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
        assertThat(queue.poll(0, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(queue.poll(-1, TimeUnit.SECONDS)).isNull();
        assertThat(queue.poll(Long.MIN_VALUE, TimeUnit.DAYS)).isNull();
        assertThat(queue.offer(3, -1, TimeUnit.DAYS)).isTrue();
        assertThat(queue.poll(Long.MAX_VALUE, TimeUnit.DAYS)).isEqualTo(3);
    }

    @Test
    void anInterruptEndsAWaitingTakeAndTakesNothing() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        interruptWhileWaiting(queue::take);
        interruptWhileWaiting(() -> queue.poll(1, TimeUnit.HOURS));
        queue.put(1);
        assertThat(other().take()).isEqualTo(1);
    }

    @Test
    void anInterruptEndsAWaitingPutAndPutsNothing() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        queue.put(1);
        interruptWhileWaiting(() -> queue.put(2));
        interruptWhileWaiting(() -> queue.offer(2, 1, TimeUnit.HOURS));
        interruptWhileWaiting(() -> queue.putAll(List.of(2, 3)));
        assertThat(queue).containsExactly(1);
    }

    private static void interruptWhileWaiting(Threads.Task task) throws Exception {
        assertThat(Threads.thrownWhenInterrupted(Waiting.class, task)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptThatCameBeforeIsThrownBeforeAnythingHappens() {
        IpcQueue<Integer> queue = queue(4);
        queue.add(1);
        for (Threads.Task task : List.<Threads.Task>of(
                queue::take,
                () -> queue.poll(1, TimeUnit.HOURS),
                () -> queue.put(2),
                () -> queue.offer(2, 1, TimeUnit.HOURS),
                () -> queue.putAll(List.of(2)))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(task::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(queue).containsExactly(1);
    }

    @Test
    void callsThatDoNotWaitLeaveAnInterruptAlone() {
        IpcQueue<Integer> queue = queue(4);
        Thread.currentThread().interrupt();
        assertThat(queue.offer(1)).isTrue();
        assertThat(queue.offer(2)).isTrue();
        assertThat(queue.peek()).isEqualTo(1);
        assertThat(queue.poll()).isEqualTo(1);
        assertThat(queue.drainTo(new ArrayList<>())).isEqualTo(1);
        assertThat(queue.poll()).isNull();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void drainToTakesWhatIsThereInOrderUpToTheLimit() {
        IpcQueue<Integer> queue = queue(10);
        for (int i = 0; i < 10; i++) {
            queue.add(i);
        }
        List<Integer> drained = new ArrayList<>();
        assertThat(other().drainTo(drained, 4)).isEqualTo(4);
        assertThat(other().drainTo(drained, 0)).isZero();
        assertThat(other().drainTo(drained, -1)).isZero();
        assertThat(other().drainTo(drained)).isEqualTo(6);
        assertThat(other().drainTo(drained)).isZero();
        assertThat(drained).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThatIllegalArgumentException().isThrownBy(() -> queue.drainTo(queue));
    }

    @Test
    void putAllPutsMoreThanThereIsRoomForWhileOthersTake() throws Exception {
        IpcQueue<Integer> queue = queue(3);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.add(i);
        }
        Future<?> put = threads.run(() -> queue.putAll(all));
        for (int i = 0; i < 100; i++) {
            assertThat(other().take()).isEqualTo(i);
        }
        Threads.result(put);
        queue.putAll(List.of());
        assertThat(queue).isEmpty();
    }

    @Test
    void peekAndIteratorShowCopiesAndTakeNothing() {
        IpcQueue<Integer> queue = queue(4);
        assertThat(queue.peek()).isNull();
        assertThatThrownBy(queue::element).isInstanceOf(NoSuchElementException.class);
        queue.addAll(List.of(1, 2, 3));
        assertThat(other().peek()).isEqualTo(1);
        assertThat(other()).containsExactly(1, 2, 3);
        assertThat(queue.contains(2)).isTrue();
        assertThat(queue.toArray()).containsExactly(1, 2, 3);
        Iterator<Integer> iterator = queue.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThat(queue.remove()).isEqualTo(1);
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
        assertThatThrownBy(queue::remove).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void afterItsEndATakeSaysSoOnceEverythingIsOut() throws Exception {
        IpcQueue<Integer> queue = queue(4);
        IpcQueue<Integer> out = other();
        queue.put(1);
        assertThat(out.isEndOfStream()).isFalse();
        queue.endOfStream();
        queue.endOfStream();
        assertThat(out.isEndOfStream()).isFalse();
        assertThat(out.take()).isEqualTo(1);
        assertThat(out.isEndOfStream()).isTrue();
        assertThatThrownBy(out::take).isInstanceOf(EndOfStreamException.class).hasMessageContaining("'q'");
        assertThatThrownBy(() -> out.poll(0, TimeUnit.SECONDS)).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(() -> out.poll(1, TimeUnit.DAYS)).isInstanceOf(EndOfStreamException.class);
        assertThat(out.poll()).isNull();
        assertThat(out.drainTo(new ArrayList<>())).isZero();
    }

    @Test
    void whoHasSaidThatItPutsNoMoreMayNotPutWhateverObjectItUses() {
        IpcQueue<Integer> queue = queue(4);
        IpcQueue<Integer> same = here.queue("q", Codec.INT);
        same.add(1);
        queue.endOfStream();
        for (IpcQueue<Integer> each : List.of(queue, same)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> each.put(1))
                    .withMessageContaining("endOfStream()")
                    .withMessageContaining("'q'");
            assertThatIllegalStateException().isThrownBy(() -> each.offer(1));
            assertThatIllegalStateException().isThrownBy(() -> each.offer(1, 1, TimeUnit.SECONDS));
            assertThatIllegalStateException().isThrownBy(() -> each.putAll(List.of(1)));
        }
        assertThat(other()).containsExactly(1);
        assertThat(other().offer(2)).as("others may").isTrue();
    }

    @Test
    void whoHasEndedMayNotPutThroughAnotherObjectEvenIfItsPlaceWasGivenAway() throws Exception {
        IpcQueue<Integer> queue = here.queue("q", Codec.INT, QueueOptions.capacity(1000));
        IpcQueue<Integer> same = here.queue("q", Codec.INT);
        queue.add(0);
        queue.endOfStream();
        List<Ipc> others = new ArrayList<>();
        try {
            for (int i = 0; i < 256; i++) {
                Ipc another = Ipc.open(home);
                others.add(another);
                another.queue("q", Codec.INT).add(i);
            }
            assertThatIllegalStateException().isThrownBy(() -> same.put(1)).withMessageContaining("endOfStream()");
            same.endOfStream();
            assertThatThrownBy(() -> there.queue("q", Codec.INT).put(1))
                    .isInstanceOf(IpcException.class)
                    .hasMessageContaining("more than 256 living processes");
        } finally {
            others.forEach(Ipc::close);
        }
    }

    @Test
    void theStreamEndsOnlyWhenAllExpectedProducersHaveEnded() throws Exception {
        IpcQueue<Integer> queue =
                here.queue("q", Codec.INT, QueueOptions.capacity(4).withProducers(2));
        IpcQueue<Integer> out = other();
        queue.put(1);
        queue.endOfStream();
        assertThat(out.take()).isEqualTo(1);
        assertThat(out.poll(1, TimeUnit.MILLISECONDS)).isNull();
        assertThat(out.isEndOfStream()).isFalse();
        out.endOfStream();
        assertThatThrownBy(out::take).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void aWaitingTakeLearnsOfTheEnd() throws Exception {
        IpcQueue<Integer> queue = queue(4);
        IpcQueue<Integer> out = other();
        queue.put(1);
        out.take();
        Future<Integer> taken = threads.call(out::take);
        queue.endOfStream();
        assertThatThrownBy(() -> Threads.result(taken)).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void manyThreadsThatPutFirstAtOnceAreOneProducer() throws Exception {
        for (int round = 0; round < 50; round++) {
            String name = "r" + round;
            IpcQueue<Integer> queue = here.queue(name, Codec.INT);
            IpcQueue<Integer> same = here.queue(name, Codec.INT);
            List<Future<?>> puts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                IpcQueue<Integer> each = i % 2 == 0 ? queue : same;
                puts.add(threads.run(() -> each.put(1)));
            }
            for (Future<?> put : puts) {
                Threads.result(put);
            }
            queue.endOfStream();
            IpcQueue<Integer> out = there.queue(name, Codec.INT);
            assertThat(out.drainTo(new ArrayList<>())).isEqualTo(8);
            assertThat(out.isEndOfStream()).isTrue();
        }
    }

    @Test
    void messagesLargerThanTheRingPassAndLeaveNothingBehind() throws Exception {
        IpcQueue<byte[]> in =
                here.queue("big", Codec.BYTES, QueueOptions.capacity(5).withBytes(1024));
        IpcQueue<byte[]> sameIn = here.queue("big", Codec.BYTES);
        IpcQueue<byte[]> out = there.queue("big", Codec.BYTES);
        Random random = new Random(1);
        Queue<byte[]> model = new ArrayDeque<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(3000)];
            random.nextBytes(bytes);
            if ((i % 2 == 0 ? in : sameIn).offer(bytes)) {
                model.add(bytes);
            } else {
                assertThat(out.take()).isEqualTo(model.remove());
            }
            if (i % 50 == 0) {
                assertThat(out).containsExactlyElementsOf(model);
            }
        }
        List<byte[]> rest = new ArrayList<>();
        out.drainTo(rest);
        assertThat(rest).containsExactlyElementsOf(model);
        assertThat(home.toFile().list()).noneMatch(name -> name.contains("+"));
    }

    @Test
    void everyLengthPassesAtEveryPlaceOfTheRing() throws Exception {
        IpcQueue<byte[]> in =
                here.queue("wrap", Codec.BYTES, QueueOptions.capacity(64).withBytes(1024));
        IpcQueue<byte[]> out = there.queue("wrap", Codec.BYTES);
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            List<byte[]> some = new ArrayList<>();
            for (int length = 0; length <= 40; length++) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                some.add(bytes);
            }
            Collections.shuffle(some, random);
            int next = 0;
            for (byte[] bytes : some) {
                while (!in.offer(bytes)) {
                    assertThat(out.take()).isEqualTo(some.get(next++));
                }
            }
            while (next < some.size()) {
                assertThat(out.take()).isEqualTo(some.get(next++));
            }
        }
    }

    @Test
    void aQueueOfFewBytesIsFullBeforeItsCapacity() {
        IpcQueue<byte[]> queue =
                here.queue("bytes", Codec.BYTES, QueueOptions.capacity(1000).withBytes(1500));
        int count = 0;
        while (queue.offer(new byte[56])) {
            count++;
        }
        assertThat(count)
                .as("1500 is rounded up to 2048; 8 bytes of header for each")
                .isEqualTo(2048 / 64);
        assertThat(queue.remainingCapacity()).isEqualTo(1000 - count);
        assertThat(queue.poll()).hasSize(56);
        assertThat(queue.offer(new byte[56])).isTrue();
    }

    @Test
    void aCodecThatFailsCostsOneMessageAndNoMore() throws Exception {
        Codec<String> picky = Codec.of(value -> value.getBytes(), bytes -> {
            String text = new String(bytes);
            if (text.equals("bad")) {
                throw new UnsupportedOperationException(text);
            }
            return text.equals("null") ? null : text;
        });
        IpcQueue<String> queue = here.queue("picky", picky, QueueOptions.capacity(10));
        queue.addAll(List.of("bad", "good", "null", "better", "a", "bad", "b"));
        assertThatThrownBy(queue::take).isInstanceOf(UnsupportedOperationException.class);
        assertThat(queue.take()).isEqualTo("good");
        assertThatThrownBy(queue::poll).isInstanceOf(IpcException.class).hasMessageContaining("null");
        assertThat(queue.take()).isEqualTo("better");
        List<String> drained = new ArrayList<>();
        assertThatThrownBy(() -> queue.drainTo(drained)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(drained).containsExactly("a", "b");
        assertThat(queue).isEmpty();
    }

    @Test
    void aCodecThatCannotEncodeChangesNothing() {
        Codec<String> broken = Codec.of(
                value -> {
                    if (value.isEmpty()) {
                        throw new UnsupportedOperationException();
                    }
                    return null;
                },
                String::new);
        IpcQueue<String> queue = here.queue("broken", broken);
        assertThatThrownBy(() -> queue.put("")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> queue.put("x")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> queue.putAll(List.of("x"))).isInstanceOf(NullPointerException.class);
        assertThat(queue).isEmpty();
    }

    @Test
    void aSlowReaderOfCopiesKeepsNobodyWaiting() throws Exception {
        Codec<String> slow = Codec.of(value -> value.getBytes(), bytes -> {
            // Another one passes through the queue while this one is being read.
            IpcQueue<String> again = there.queue("slow", Codec.STRING);
            assertThat(again.poll()).isEqualTo("x");
            return "x";
        });
        IpcQueue<String> queue = here.queue("slow", slow);
        queue.put("x");
        assertThat(queue.peek()).isEqualTo("x");
        assertThat(queue.poll()).isNull();
    }

    @Test
    void onceTheIpcIsClosedEverythingIsRefusedAndWaitersWake() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        Future<?> waiting = threads.waiting(Waiting.class, queue::take);
        IpcQueue<Integer> full = here.queue("full", Codec.INT, QueueOptions.capacity(1));
        full.add(1);
        Future<?> putting = threads.waiting(Waiting.class, () -> full.put(2));
        Future<?> puttingMany = threads.waiting(Waiting.class, () -> full.putAll(List.of(2)));
        here.close();
        here.close();
        for (Future<?> each : List.of(waiting, putting, puttingMany)) {
            assertThatThrownBy(() -> Threads.result(each)).isInstanceOf(IllegalStateException.class);
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> queue.put(1))
                .withMessageContaining("closed")
                .withMessageContaining(home.toString());
        for (Threads.Task task : List.<Threads.Task>of(
                queue::poll,
                queue::take,
                queue::peek,
                queue::size,
                queue::iterator,
                queue::endOfStream,
                queue::remainingCapacity,
                () -> queue.drainTo(new ArrayList<>()),
                () -> here.queue("q", Codec.INT),
                () -> here.lock("l"),
                () -> here.sharedLong("n", 0),
                () -> here.pipe("p", Codec.INT, End.A))) {
            assertThatIllegalStateException().isThrownBy(task::run);
        }
        assertThat(there.queue("full", Codec.INT).poll(1, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(queue.toString()).contains("q");
    }

    @Test
    void aParticipantThatLeavesIsOneProducerLess() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        IpcQueue<Integer> out = other();
        queue.put(1);
        here.close();
        assertThat(out.take()).isEqualTo(1);
        assertThatThrownBy(out::take).isInstanceOf(EndOfStreamException.class);
    }

    @Test
    void whoAsksBrieflyAgainAndAgainLearnsOfTheEndAsWell() throws Exception {
        IpcQueue<Integer> queue = queue(1);
        IpcQueue<Integer> out = other();
        queue.put(1);
        out.take();
        here.close();
        Eventually.becomesTrue("the end of the stream", () -> {
            try {
                return out.poll(0, TimeUnit.SECONDS) != null;
            } catch (EndOfStreamException e) {
                return true;
            }
        });
    }

    @Test
    void durationsBeyondALongOfNanosecondsAreNoError() {
        assertThat(Deadline.isOver(Deadline.in(Duration.ofSeconds(Long.MAX_VALUE))))
                .isFalse();
        assertThat(Deadline.isOver(Deadline.in(Duration.ofSeconds(Long.MIN_VALUE))))
                .isTrue();
    }
}
