package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ipcharness.ipc.memory.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of a pipe's two ends: between two participants, and between processes that die. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConnectionContractTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(30);

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

    private Connection<Integer> left() {
        return here.pipe("p", Codec.INT, End.A);
    }

    private Connection<Integer> right() {
        return there.pipe("p", Codec.INT, End.B);
    }

    /** Sends numbers, from 0, until there is no room for more; gives how many. */
    private static int fill(Connection<Integer> end) throws InterruptedException {
        int count = 0;
        while (end.send(count, Duration.ZERO)) {
            count++;
        }
        return count;
    }

    private List<String> files() {
        return List.of(home.toFile().list());
    }

    // ---- messages ----

    @Test
    void eachDirectionIsAStreamOfItsOwn() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        for (int i = 0; i < 100; i++) {
            left.send(i);
            right.send(-i);
        }
        for (int i = 0; i < 100; i++) {
            assertThat(right.receive()).isEqualTo(i);
            assertThat(left.receive()).isEqualTo(-i);
        }
        assertThat(left.poll()).as("what it has sent does not come back").isNull();
        assertThat(right.poll()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void eitherEndMayComeFirstAndSendBeforeTheOtherIsThere(End first) throws Exception {
        Connection<Integer> early = here.pipe("p", Codec.INT, first);
        early.send(1);
        assertThat(early.receive(Duration.ZERO)).as("it may still come").isNull();
        Future<Integer> answer = threads.call(early::receive);
        Connection<Integer> late = there.pipe("p", Codec.INT, first.other());
        assertThat(late.receive()).isEqualTo(1);
        late.send(2);
        assertThat(Threads.result(answer)).isEqualTo(2);
    }

    @Test
    void bothEndsMaySendMoreThanThePipeHoldsAtTheSameTime() throws Exception {
        Connection<byte[]> left = here.pipe("p", Codec.BYTES, End.A);
        Connection<byte[]> right = there.pipe("p", Codec.BYTES, End.B);
        int count = 3000;
        List<Future<?>> sending = new ArrayList<>();
        for (Connection<byte[]> end : List.of(left, right)) {
            sending.add(threads.run(() -> {
                for (int i = 0; i < count; i++) {
                    end.send(Payload.of(i, 8 + i % 500));
                }
            }));
        }
        for (int i = 0; i < count; i++) {
            assertThat(Payload.number(left.receive())).isEqualTo(i);
            assertThat(Payload.number(right.receive())).isEqualTo(i);
        }
        for (Future<?> each : sending) {
            Threads.result(each);
        }
    }

    @Test
    void messagesOfEverySizePassInOrderAndLeaveNothingBehind() throws Exception {
        Connection<byte[]> left = here.pipe("p", Codec.BYTES, End.A);
        Connection<byte[]> right = there.pipe("p", Codec.BYTES, End.B);
        // Below, at and above what the 64 KiB of a direction hold, small ones in between.
        int[] lengths = {8, 65_519, 65_520, 65_521, 9, 65_528, 65_529, 65_536, 10, 1_000_000, 3_000_000, 11};
        Future<?> sending = threads.run(() -> {
            for (int i = 0; i < lengths.length; i++) {
                left.send(Payload.of(i, lengths[i]));
            }
        });
        for (int i = 0; i < lengths.length; i++) {
            byte[] bytes = right.receive();
            assertThat(bytes.length).isEqualTo(lengths[i]);
            assertThat(Payload.number(bytes)).isEqualTo(i);
        }
        Threads.result(sending);
        assertThat(files()).noneMatch(name -> name.contains("+"));
    }

    @Test
    void anEmptyMessageIsAMessage() throws Exception {
        Connection<String> left = here.pipe("p", Codec.STRING, End.A);
        Connection<String> right = there.pipe("p", Codec.STRING, End.B);
        left.send("");
        assertThat(right.receive(LONG)).isEmpty();
        assertThat(right.receive(Duration.ZERO)).isNull();
    }

    @Test
    void nullIsNoMessage() {
        Connection<Integer> left = left();
        assertThatThrownBy(() -> left.send(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> left.send(null, LONG)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> left.send(1, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timeout");
        assertThatThrownBy(() -> left.receive(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("timeout");
        assertThat(right().poll()).isNull();
    }

    @Test
    void manyThreadsMayUseAnEndAndEachMessageIsReceivedOnce() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        int senders = 4;
        int each = 2000;
        Set<Integer> received = ConcurrentHashMap.newKeySet();
        AtomicInteger count = new AtomicInteger();
        List<Future<?>> sending = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int first = sender * each;
            sending.add(threads.run(() -> {
                for (int i = 0; i < each; i++) {
                    left.send(first + i);
                }
            }));
        }
        List<Future<?>> receiving = new ArrayList<>();
        for (int receiver = 0; receiver < 4; receiver++) {
            receiving.add(threads.run(() -> {
                Map<Integer, Integer> last = new ConcurrentHashMap<>();
                try {
                    while (true) {
                        int value = right.receive();
                        Integer before = last.put(value / each, value);
                        assertThat(before == null || before < value)
                                .as("%s after %s", value, before)
                                .isTrue();
                        assertThat(received.add(value))
                                .as("%s for the first time", value)
                                .isTrue();
                        count.incrementAndGet();
                    }
                } catch (EndOfStreamException e) {
                    // What every receiver waits for.
                }
            }));
        }
        for (Future<?> future : sending) {
            Threads.result(future);
        }
        left.close();
        for (Future<?> future : receiving) {
            Threads.result(future);
        }
        assertThat(count).hasValue(senders * each);
    }

    // ---- waiting ----

    @Test
    void timeoutsAreKeptAndNotShorter() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        long start = System.nanoTime();
        assertThat(right.receive(SHORT)).isNull();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        int count = fill(left);
        start = System.nanoTime();
        assertThat(left.send(-1, SHORT)).isFalse();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT.toNanos());
        assertThat(left.send(-1, Duration.ofSeconds(-1))).isFalse();
        for (int i = 0; i < count; i++) {
            assertThat(right.receive(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(i);
        }
        assertThat(right.receive(Duration.ofSeconds(Long.MIN_VALUE)))
                .as("what was refused is not there")
                .isNull();
    }

    @Test
    void receiveWaitsForAMessage() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        Future<Integer> first = threads.call(right::receive);
        left.send(1);
        assertThat(Threads.result(first)).isEqualTo(1);
        Future<?> second = threads.waiting(
                Waiting.class, () -> assertThat(right.receive(LONG)).isEqualTo(2));
        left.send(2);
        Threads.result(second);
    }

    @Test
    void sendWaitsForRoom() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        int count = fill(left);
        Future<?> sending = threads.waiting(Waiting.class, () -> left.send(count));
        for (int i = 0; i <= count; i++) {
            assertThat(right.receive()).isEqualTo(i);
        }
        Threads.result(sending);
    }

    @Test
    void anInterruptEndsAWaitAndNothingIsLostOrSent() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        for (Threads.Task waits : List.<Threads.Task>of(right::receive, () -> right.receive(LONG))) {
            assertThat(Threads.thrownWhenInterrupted(Waiting.class, waits)).isInstanceOf(InterruptedException.class);
        }
        int count = fill(left);
        for (Threads.Task waits : List.<Threads.Task>of(() -> left.send(-1), () -> left.send(-2, LONG))) {
            assertThat(Threads.thrownWhenInterrupted(Waiting.class, waits)).isInstanceOf(InterruptedException.class);
        }
        for (int i = 0; i < count; i++) {
            assertThat(right.receive()).isEqualTo(i);
        }
        assertThat(right.poll()).isNull();
    }

    @Test
    void anInterruptThatCameBeforeIsThrownBeforeAnythingHappens() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        right.send(1);
        for (Threads.Task task : List.<Threads.Task>of(
                left::receive, () -> left.receive(LONG), () -> left.send(2), () -> left.send(2, LONG))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(task::run).isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        Thread.currentThread().interrupt();
        assertThat(left.poll()).isEqualTo(1);
        assertThat(left.poll()).isNull();
        left.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(right.poll()).isNull();
    }

    // ---- the end of the stream ----

    @Test
    void afterTheOtherEndIsClosedAllIsReceivedAndThenTheEndAndItStays() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        left.send(1);
        left.send(2);
        left.close();
        assertThat(right.receive()).isEqualTo(1);
        assertThat(right.poll()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(right::receive)
                    .isInstanceOf(EndOfStreamException.class)
                    .hasMessageContaining("end A")
                    .hasMessageContaining("'p'");
            assertThatThrownBy(() -> right.receive(Duration.ZERO)).isInstanceOf(EndOfStreamException.class);
            assertThatThrownBy(() -> right.receive(LONG)).isInstanceOf(EndOfStreamException.class);
            assertThat(right.poll()).isNull();
        }
    }

    @Test
    void nothingCanBeSentToAnEndThatIsClosed() {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        left.close();
        assertThatThrownBy(() -> right.send(1))
                .isInstanceOf(PeerClosedException.class)
                .hasMessageContaining("end A")
                .hasMessageContaining("'p'");
        assertThatThrownBy(() -> right.send(1, LONG)).isInstanceOf(PeerClosedException.class);
    }

    @Test
    void anEndMayCloseBeforeTheOtherHasCome() throws Exception {
        Connection<Integer> left = left();
        left.send(1);
        left.close();
        Connection<Integer> right = right();
        assertThat(right.receive()).isEqualTo(1);
        assertThatThrownBy(right::receive).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(() -> right.send(2)).isInstanceOf(PeerClosedException.class);
    }

    @Test
    void whoWaitsLearnsThatTheOtherEndHasClosed() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        fill(right);
        Future<?> receiving = threads.waiting(Waiting.class, right::receive);
        Future<?> receivingShortly = threads.waiting(Waiting.class, () -> right.receive(LONG));
        Future<?> sending = threads.waiting(Waiting.class, () -> right.send(-1));
        Future<?> sendingShortly = threads.waiting(Waiting.class, () -> right.send(-1, LONG));
        left.close();
        for (Future<?> each : List.of(receiving, receivingShortly)) {
            assertThatThrownBy(() -> Threads.result(each)).isInstanceOf(EndOfStreamException.class);
        }
        for (Future<?> each : List.of(sending, sendingShortly)) {
            assertThatThrownBy(() -> Threads.result(each)).isInstanceOf(PeerClosedException.class);
        }
    }

    @Test
    void aParticipantThatLeavesHasClosedItsEnds() throws Exception {
        Connection<Integer> left = left();
        Connection<Integer> right = right();
        left.send(1);
        here.close();
        left.close();
        assertThat(right.receive()).isEqualTo(1);
        assertThatThrownBy(right::receive).isInstanceOf(EndOfStreamException.class);
        assertThatThrownBy(() -> {
                    // Whether it lives is asked while waiting, so the first ones may still find room.
                    while (true) {
                        right.send(2);
                    }
                })
                .isInstanceOf(PeerClosedException.class);
    }

    @Test
    void closingWhileOthersSendLosesNothingThatWasAcknowledged() throws Exception {
        Random random = new Random(3);
        for (int round = 0; round < 150; round++) {
            String name = "r" + round;
            Connection<Integer> left = here.pipe(name, Codec.INT, End.A);
            Connection<Integer> right = there.pipe(name, Codec.INT, End.B);
            AtomicInteger acknowledged = new AtomicInteger();
            Future<?> sending = threads.run(() -> {
                while (true) {
                    left.send(acknowledged.get());
                    acknowledged.incrementAndGet();
                }
            });
            int stop = random.nextInt(200);
            int next = 0;
            while (next < stop) {
                assertThat(right.receive()).isEqualTo(next++);
            }
            left.close();
            assertThatThrownBy(() -> Threads.result(sending))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("end A of pipe '" + name + "' is closed");
            try {
                while (true) {
                    assertThat(right.receive()).isEqualTo(next);
                    next++;
                }
            } catch (EndOfStreamException e) {
                assertThat(next).isEqualTo(acknowledged.get());
            }
            right.close();
        }
        assertThat(files()).noneMatch(name -> name.startsWith("pipe"));
    }

    // ---- who holds an end ----

    @Test
    void anEndHasOneHolder() {
        Connection<Integer> left = left();
        right();
        for (Ipc ipc : List.of(here, there)) {
            for (End end : End.values()) {
                assertThatThrownBy(() -> ipc.pipe("p", Codec.INT, end))
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("end " + end)
                        .hasMessageContaining("'p'")
                        .hasMessageContaining("is held already");
            }
        }
        left.close();
        assertThatThrownBy(this::left)
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("end A of pipe 'p' was closed")
                .hasMessageContaining("end B lives on");
    }

    @Test
    void onceBothEndsAreClosedTheNameIsFreeForANewPipe() throws Exception {
        for (int round = 0; round < 5; round++) {
            Connection<byte[]> left = here.pipe("p", Codec.BYTES, End.A);
            Connection<byte[]> right = there.pipe("p", Codec.BYTES, End.B);
            assertThat(right.poll()).as("of the pipe before").isNull();
            left.send(Payload.of(round, 100));
            left.send(Payload.of(round, 100_000));
            (round % 2 == 0 ? left : right).close();
            assertThat(files()).contains("pipe-p");
            (round % 2 == 0 ? right : left).close();
            assertThat(files()).noneMatch(name -> name.contains("pipe-p"));
        }
    }

    @Test
    void endsThatComeAndGoAtOnceFindEachOther() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        List<Future<?>> both = new ArrayList<>();
        for (End end : End.values()) {
            both.add(threads.run(() -> {
                Ipc ipc = end == End.A ? here : there;
                for (int round = 0; round < 100; round++) {
                    barrier.await();
                    try (Connection<Integer> connection = ipc.pipe("again", Codec.INT, end)) {
                        connection.send(round);
                        assertThat(connection.receive()).isEqualTo(round);
                        barrier.await();
                    }
                }
            }));
        }
        for (Future<?> each : both) {
            Threads.result(each);
        }
    }

    @Test
    void bothEndsUseTheSameCodec() {
        left();
        assertThatThrownBy(() -> there.pipe("p", Codec.STRING, End.B))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("'p'")
                .hasMessageContaining("INT")
                .hasMessageContaining("STRING");
    }

    // ---- one's own end ----

    @Test
    void aClosedEndRefusesEverythingAndWhoWaitsInItWakes() throws Exception {
        Connection<Integer> left = left();
        right();
        fill(left);
        List<Future<?>> waiting = List.of(
                threads.waiting(Waiting.class, left::receive),
                threads.waiting(Waiting.class, () -> left.receive(LONG)),
                threads.waiting(Waiting.class, () -> left.send(-1)),
                threads.waiting(Waiting.class, () -> left.send(-1, LONG)));
        left.close();
        left.close();
        for (Future<?> each : waiting) {
            assertThatThrownBy(() -> Threads.result(each))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("end A of pipe 'p' is closed");
        }
        for (Threads.Task task : List.<Threads.Task>of(
                left::receive, () -> left.receive(LONG), left::poll, () -> left.send(1), () -> left.send(1, LONG))) {
            assertThatIllegalStateException().isThrownBy(task::run).withMessage("end A of pipe 'p' is closed");
        }
        assertThat(left.toString()).contains("p").contains("end A").contains("closed");
    }

    @Test
    void itSaysWhichItIs() {
        Connection<Integer> right = right();
        assertThat(right.name()).isEqualTo("p");
        assertThat(right.end()).isEqualTo(End.B);
        assertThat(right.toString()).isEqualTo("Connection[p, end B]");
    }

    // ---- other processes ----

    /** End B: gives each message back, until the other end is closed. */
    static void echo(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]));
                Connection<byte[]> end = ipc.pipe("p", Codec.BYTES, End.B)) {
            Child.say("open");
            while (true) {
                end.send(end.receive());
            }
        } catch (EndOfStreamException e) {
            Child.say("end of stream");
        }
    }

    /** End B: sends so many messages, and then neither sends nor receives nor ends. */
    static void sendAndStay(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        Connection<byte[]> end = ipc.pipe("p", Codec.BYTES, End.B);
        for (int i = 0; i < Integer.parseInt(args[1]); i++) {
            end.send(Payload.of(i, 8 + i % 300));
        }
        Child.say("sent");
        Child.hear();
    }

    /** End B: sends as fast as it can, small and large, until it is killed. */
    static void sendForEver(String[] args) throws Exception {
        Ipc ipc = Ipc.open(Path.of(args[0]));
        Connection<byte[]> end = ipc.pipe("p", Codec.BYTES, End.B);
        Child.say("open");
        for (int i = 0; true; i++) {
            end.send(Payload.of(i, i % 50 == 49 ? 100_000 : 8 + i % 300));
        }
    }

    /** Says what becomes of an attempt to open an end. */
    static void tryToOpen(String[] args) {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            ipc.pipe("p", Codec.BYTES, End.valueOf(args[1]));
            Child.say("opened");
        } catch (IpcException e) {
            Child.say(e.getMessage());
        }
    }

    private Child child(String method, Object... args) {
        List<Object> all = new ArrayList<>(List.of(home));
        all.addAll(List.of(args));
        return Child.start(ConnectionContractTest.class, method, all.toArray());
    }

    private Connection<byte[]> leftOfBytes() {
        return here.pipe("p", Codec.BYTES, End.A);
    }

    @Test
    void anotherProcessAnswersAndLearnsOfTheEnd() throws Exception {
        try (Child child = child("echo")) {
            Connection<byte[]> left = leftOfBytes();
            for (int i = 0; i < 2000; i++) {
                left.send(Payload.of(i, 8 + i % 100));
                assertThat(Payload.number(left.receive())).isEqualTo(i);
            }
            left.send(Payload.of(-1, 500_000));
            assertThat(Payload.number(left.receive())).isEqualTo(-1);
            left.close();
            child.expect("open").expect("end of stream").awaitEnd();
        }
    }

    @Test
    void whatAProcessSentBeforeItWasKilledIsReceivedAndThenTheEndAndItStays() throws Exception {
        Connection<byte[]> left = leftOfBytes();
        try (Child child = child("sendAndStay", 300)) {
            child.expect("sent").kill();
            for (int i = 0; i < 300; i++) {
                assertThat(Payload.number(left.receive(LONG))).isEqualTo(i);
            }
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(left::receive)
                        .isInstanceOf(EndOfStreamException.class)
                        .hasMessageContaining("died");
                assertThatThrownBy(() -> left.receive(LONG)).isInstanceOf(EndOfStreamException.class);
                assertThat(left.poll()).isNull();
            }
            assertThatThrownBy(() -> {
                        while (true) {
                            left.send(new byte[1000]);
                        }
                    })
                    .isInstanceOf(PeerClosedException.class)
                    .hasMessageContaining("died");
        }
    }

    @Test
    void whoAsksBrieflyAgainAndAgainLearnsOfADeathAsWell() throws Exception {
        Connection<byte[]> left = leftOfBytes();
        try (Child child = child("sendAndStay", 1)) {
            child.expect("sent").kill();
            Eventually.becomesTrue("the end of the stream", () -> {
                try {
                    return left.receive(Duration.ZERO) == null && false;
                } catch (EndOfStreamException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void whoWaitsLearnsThatTheOtherProcessWasKilled() throws Exception {
        Connection<byte[]> left = leftOfBytes();
        try (Child child = child("sendAndStay", 0)) {
            child.expect("sent");
            while (left.send(new byte[1000], Duration.ZERO)) {
                // Until it is full.
            }
            Future<?> receiving = threads.waiting(Waiting.class, left::receive);
            Future<?> sending = threads.waiting(Waiting.class, () -> left.send(new byte[1000]));
            child.kill();
            assertThatThrownBy(() -> Threads.result(receiving)).isInstanceOf(EndOfStreamException.class);
            assertThatThrownBy(() -> Threads.result(sending)).isInstanceOf(PeerClosedException.class);
        }
    }

    @Test
    void aProcessThatStandsStillIsNotDead() throws Exception {
        Connection<byte[]> left = leftOfBytes();
        try (Child child = child("echo")) {
            child.expect("open").freeze();
            left.send(Payload.of(1, 8));
            assertThat(left.receive(Duration.ofMillis(200))).isNull();
            child.thaw();
            assertThat(Payload.number(left.receive(LONG))).isEqualTo(1);
        }
    }

    @Test
    void aMessageOfAProcessKilledWhileItSendsIsWholeOrNotThere() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5; round++) {
            try (Child child = child("sendForEver");
                    Connection<byte[]> left = leftOfBytes()) {
                child.expect("open");
                int stop = random.nextInt(3000);
                int next = 0;
                while (next < stop) {
                    assertThat(Payload.number(left.receive()))
                            .as("seed %d", seed)
                            .isEqualTo(next++);
                }
                child.kill();
                try {
                    while (true) {
                        assertThat(Payload.number(left.receive()))
                                .as("seed %d", seed)
                                .isEqualTo(next);
                        next++;
                    }
                } catch (EndOfStreamException e) {
                    assertThat(next).as("seed %d", seed).isGreaterThanOrEqualTo(stop);
                }
            }
            assertThat(files()).as("the pipe and all that was in it").noneMatch(name -> name.contains("pipe-p"));
        }
    }

    @Test
    void aThirdProcessIsRefusedAndOneThatComesAfterADeathIsToldSo() throws Exception {
        Connection<byte[]> left = leftOfBytes();
        try (Child child = child("echo")) {
            child.expect("open");
            for (End end : End.values()) {
                try (Child third = child("tryToOpen", end)) {
                    assertThat(third.line()).startsWith("end " + end + " of pipe 'p' is held already, by participant ");
                }
            }
            left.send(Payload.of(1, 8));
            assertThat(Payload.number(left.receive()))
                    .as("they are not disturbed")
                    .isEqualTo(1);
            child.kill();
        }
        try (Child third = child("tryToOpen", End.B)) {
            assertThat(third.line()).contains("end B of pipe 'p' was closed or its process died, while end A lives on");
        }
        left.close();
        try (Child third = child("tryToOpen", End.B)) {
            third.expect("opened").awaitEnd();
        }
    }
}
