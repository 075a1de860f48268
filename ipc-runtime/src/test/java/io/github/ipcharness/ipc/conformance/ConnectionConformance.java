package io.github.ipcharness.ipc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The contract of a connection between two processes: what one end sends, the other receives, whole, once, in order, and never
 * the sender itself; the directions do not hinder each other; an end that is closed, or whose process died, is followed by
 * the end of the stream, after all that it had sent.
 */
public abstract class ConnectionConformance extends Conformance<ConnectionParty> {

    /** For those who extend it. */
    protected ConnectionConformance() {}

    /**
     * Opens an end, in whatever process; either may be opened first.
     *
     * @param home a directory, the same one for both ends
     * @param first which end this is: each is opened once
     */
    protected abstract ConnectionParty connect(Path home, boolean first) throws Exception;

    /** The longest message in bytes: 1 MiB, unless this is overridden. */
    protected int maxLength() {
        return 1 << 20;
    }

    /** Whether an end may send before the other one has come. */
    protected boolean mayBeginAlone() {
        return true;
    }

    /** Whether an end that does not receive makes the other one wait, sooner or later, instead of growing without bound. */
    protected boolean isBounded() {
        return true;
    }

    @Override
    public final ConnectionParty open(Path home, int number) throws Exception {
        return connect(home, number == 0);
    }

    // ---- what ends do ----

    private static Script<ConnectionParty, Integer> send(long from, long to, int length) {
        return end -> {
            for (long number = from; number < to; number++) {
                assertTrue(end.send(Message.of(number, length), limit()), "there was no room in " + limit());
            }
            return null;
        };
    }

    private static Script<ConnectionParty, Integer> send(long from, long to) {
        return send(from, to, Message.SHORTEST);
    }

    /** The numbers of the next messages, as many as asked for, or less if no more come in that time. */
    private static Script<ConnectionParty, ArrayList<Long>> receive(int atMost, Duration patience) {
        return end -> {
            ArrayList<Long> numbers = new ArrayList<>();
            while (numbers.size() < atMost) {
                byte[] message = end.receive(patience);
                if (message == null) {
                    break;
                }
                numbers.add(Message.number(message));
            }
            return numbers;
        };
    }

    private static Script<ConnectionParty, ArrayList<Long>> receive(int exactly) {
        return receive(exactly, limit());
    }

    /** How many messages come until the stream ends: each must have the next number. */
    private static Script<ConnectionParty, Integer> receiveToTheEnd() {
        return end -> {
            int next = 0;
            try {
                while (true) {
                    assertEquals(next, Message.number(end.receive(limit())));
                    next++;
                }
            } catch (EOFException e) {
                return next;
            }
        };
    }

    /** Sends until it throws, which it must do within the limit. */
    private static Script<ConnectionParty, Integer> sendUntilRefused(int length) {
        return end -> {
            long last = System.nanoTime() + limit().toNanos();
            for (int number = 0; System.nanoTime() < last; number++) {
                assertTrue(end.send(Message.of(number, length), limit()), "there was no room in " + limit());
            }
            throw new AssertionError("it still sends, to nobody");
        };
    }

    private static List<Long> numbers(int from, int to) {
        List<Long> numbers = new ArrayList<>();
        for (long number = from; number < to; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static void requireEnd(Member<ConnectionParty> end) {
        for (Duration patience : List.of(Duration.ZERO, BRIEF, limit())) {
            assertThrows(EOFException.class, () -> end.call(receive(1, patience)));
        }
    }

    // ---- messages ----

    @Test
    void eachDirectionIsAStreamOfItsOwnAndNothingComesBack() throws Exception {
        Member<ConnectionParty> a = process(0);
        Member<ConnectionParty> b = process(1);
        Future<Integer> sent = a.start(send(0, 100));
        b.call(send(1_000, 1_100));
        Member.result(sent);
        assertEquals(numbers(1_000, 1_100), a.call(receive(100)));
        assertEquals(numbers(0, 100), b.call(receive(100)));
        assertEquals(List.of(), a.call(receive(1, BRIEF)));
        assertEquals(List.of(), b.call(receive(1, BRIEF)));
    }

    @Test
    void bothEndsMaySendMoreThanTheConnectionHolds() throws Exception {
        int count = 5_000;
        Script<ConnectionParty, ArrayList<Long>> both = end -> {
            CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> {
                try {
                    return send(0, count, 100).run(end);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            ArrayList<Long> received = receive(count).run(end);
            sending.get(limit().toSeconds(), TimeUnit.SECONDS);
            return received;
        };
        Future<ArrayList<Long>> a = here(0).start(both);
        Future<ArrayList<Long>> b = process(1).start(both);
        assertEquals(numbers(0, count), Member.result(a));
        assertEquals(numbers(0, count), Member.result(b));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void eitherEndMayComeFirst(int first) throws Exception {
        Member<ConnectionParty> early = here(first);
        if (mayBeginAlone()) {
            early.call(send(0, 1));
            assertEquals(List.of(), early.call(receive(1, BRIEF)), "the other end may still come");
        }
        Member<ConnectionParty> late = process(1 - first);
        early.call(send(1, 2));
        assertEquals(mayBeginAlone() ? List.of(0L, 1L) : List.of(1L), late.call(receive(mayBeginAlone() ? 2 : 1)));
        late.call(send(2, 3));
        assertEquals(List.of(2L), early.call(receive(1)));
    }

    @Test
    void messagesOfEveryLengthComeWhole() throws Exception {
        int max = maxLength();
        Member<ConnectionParty> receiver = process(1);
        Future<ArrayList<Long>> received = receiver.start(receive(60));
        here(0).call(end -> {
            for (int number = 0; number < 60; number++) {
                int length = number % 2 == 0 ? Message.SHORTEST : (int) Math.pow(max, (number + 1) / 60.0);
                length = Math.max(Message.SHORTEST, Math.min(max, length));
                assertTrue(end.send(Message.of(number, number == 59 ? max : length), limit()), "there was no room");
            }
            return null;
        });
        assertEquals(numbers(0, 60), Member.result(received));
    }

    @Test
    void whatTheCallerDoesToItsBytesAfterwardsChangesNoMessage() throws Exception {
        Member<ConnectionParty> receiver = process(1);
        here(0).call(end -> {
            byte[] bytes = Message.of(1, Message.SHORTEST);
            assertTrue(end.send(bytes, limit()), "there was no room");
            System.arraycopy(Message.of(2, Message.SHORTEST), 0, bytes, 0, bytes.length);
            return null;
        });
        assertEquals(List.of(1L), receiver.call(receive(1)));
    }

    // ---- waiting ----

    @Test
    void aReceiveWaitsNoShorterThanItWasTold() throws Exception {
        here(0);
        long waited = process(1).call(end -> {
            long start = System.nanoTime();
            assertNull(end.receive(BRIEF), "nobody has sent anything");
            return System.nanoTime() - start;
        });
        assertTrue(waited >= BRIEF.toNanos(), () -> "it waited " + waited + " ns");
    }

    @Test
    void aWaitingReceiveGetsWhatIsSentLater() throws Exception {
        Member<ConnectionParty> sender = process(0);
        MemberHere<ConnectionParty> receiver = here(1);
        for (int round = 0; round < 20; round++) {
            Future<ArrayList<Long>> received = receiver.start(receive(1));
            receiver.awaitWaiting(received);
            sender.call(send(round, round + 1));
            assertEquals(List.of((long) round), Member.result(received));
        }
    }

    @Test
    void whatFoundNoRoomIsNotSentAndTheRestIs() throws Exception {
        assumeTrue(isBounded(), "nothing is promised of a full connection");
        Member<ConnectionParty> receiver = here(1);
        Member<ConnectionParty> sender = process(0);
        int sent = sender.call(end -> {
            int number = 0;
            while (end.send(Message.of(number, 1_000), BRIEF)) {
                number++;
            }
            return number;
        });
        assertEquals(numbers(0, sent), receiver.call(receive(Integer.MAX_VALUE, BRIEF)));
        sender.call(send(7, 8));
        assertEquals(List.of(7L), receiver.call(receive(1)));
    }

    @Test
    void aWaitingSendGoesOnWhenThereIsRoom() throws Exception {
        Member<ConnectionParty> receiver = here(1);
        Future<Integer> sent = process(0).start(send(0, 5_000, 1_000));
        assertEquals(numbers(0, 5_000), receiver.call(receive(5_000)));
        Member.result(sent);
    }

    // ---- the end ----

    @Test
    void afterTheOtherEndIsClosedAllIsReceivedAndThenTheEndAndItStays() throws Exception {
        Member<ConnectionParty> receiver = here(1);
        MemberProcess<ConnectionParty> sender = process(0);
        sender.call(send(0, 20));
        sender.leave();
        sender.kill();
        assertEquals(numbers(0, 20), receiver.call(receive(20)));
        requireEnd(receiver);
    }

    @Test
    void whoWaitsLearnsThatTheOtherEndIsClosed() throws Exception {
        MemberHere<ConnectionParty> receiver = here(1);
        Member<ConnectionParty> closes = process(0);
        closes.call(send(0, 1));
        assertEquals(List.of(0L), receiver.call(receive(1)));
        Future<ArrayList<Long>> received = receiver.start(receive(1));
        receiver.awaitWaiting(received);
        closes.call(end -> {
            end.close();
            return null;
        });
        assertThrows(EOFException.class, () -> Member.result(received));
    }

    @Test
    void nothingCanBeSentForLongToAnEndThatIsClosed() throws Exception {
        MemberProcess<ConnectionParty> closes = process(1);
        Member<ConnectionParty> sender = here(0);
        sender.call(send(0, 1));
        assertEquals(List.of(0L), closes.call(receive(1)));
        closes.leave();
        closes.kill();
        assertThrows(IOException.class, () -> sender.call(sendUntilRefused(1_000)));
    }

    // ---- death ----

    @Test
    void whatAKilledProcessHadSentIsReceivedWholeAndThenTheEndAndItStays() throws Exception {
        long seed = System.nanoTime();
        MemberProcess<ConnectionParty> sender = process(0);
        Member<ConnectionParty> receiver = here(1);
        Future<Integer> received = receiver.start(receiveToTheEnd());
        sender.call(send(0, 500, 300));
        Future<Integer> last = sender.start(send(500, Long.MAX_VALUE, 300));
        Thread.sleep(new Random(seed).nextInt(30));
        sender.kill();
        assertThrows(MemberDiedException.class, () -> Member.result(last));
        int count = Member.result(received);
        assertTrue(count >= 500, () -> count + " of 500 were received, seed " + seed);
        requireEnd(receiver);
    }

    @Test
    void whoSendsLearnsThatTheOtherProcessWasKilled() throws Exception {
        MemberProcess<ConnectionParty> receiver = process(1);
        Member<ConnectionParty> sender = here(0);
        sender.call(send(0, 1));
        assertEquals(List.of(0L), receiver.call(receive(1)));
        Future<Integer> sends = sender.start(sendUntilRefused(1_000));
        receiver.kill();
        assertThrows(IOException.class, () -> Member.result(sends));
    }

    @Test
    void aProcessThatStandsStillIsNotDead() throws Exception {
        MemberProcess<ConnectionParty> frozen = process(1);
        Member<ConnectionParty> other = here(0);
        frozen.call(send(0, 1));
        frozen.freeze();
        assertEquals(List.of(0L), other.call(receive(1)));
        assertEquals(List.of(), other.call(receive(1, BRIEF.multipliedBy(4))));
        frozen.thaw();
        frozen.call(send(1, 2));
        assertEquals(List.of(1L), other.call(receive(1)));
    }
}
