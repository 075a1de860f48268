package io.github.ipcharness.ipc.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * The contract of a queue between processes: first in, first out, over all who put; each message is taken once, whole; waits
 * end when there is a message, or room, or when the time is over; the death of a process costs what it had in its hands, and
 * no more. What a transport does not promise is said by overriding the methods that ask for it.
 */
public abstract class QueueConformance extends Conformance<QueueParty> {

    /** For those who extend it. */
    protected QueueConformance() {}

    /**
     * Opens the queue, in whatever process; the first one creates it.
     *
     * @param home a directory, the same one for all who are to meet
     */
    protected abstract QueueParty join(Path home) throws Exception;

    /** How many of the shortest messages, of 8 bytes, the queue holds; 0 if that is not fixed, and nothing is ever full. */
    protected int capacity() {
        return 0;
    }

    /** The longest message in bytes: 1 MiB, unless this is overridden. */
    protected int maxLength() {
        return 1 << 20;
    }

    /** Whether the order holds between messages of several processes as well; if not, only between those of each one. */
    protected boolean hasOneOrder() {
        return true;
    }

    /** Whether others go on when a process is killed, and lose nothing but what it had in its hands. */
    protected boolean survivesDeath() {
        return true;
    }

    /** Whether those who take learn that no more will come. */
    protected boolean hasEndOfStream() {
        return true;
    }

    @Override
    public final QueueParty open(Path home, int number) throws Exception {
        return join(home);
    }

    private MemberHere<QueueParty> here() throws Exception {
        return here(0);
    }

    private MemberProcess<QueueParty> process() throws Exception {
        return process(0);
    }

    // ---- what members do ----

    /** Puts messages with the numbers from here to there, without it. */
    private static Script<QueueParty, Integer> put(long from, long to, int maxLength) {
        int most = Math.min(100, maxLength);
        return queue -> {
            for (long number = from; number < to; number++) {
                int length = Message.SHORTEST + (int) Math.floorMod(number, (long) most - Message.SHORTEST + 1);
                assertTrue(queue.put(Message.of(number, length), limit()), "there was no room in " + limit());
            }
            return null;
        };
    }

    private Script<QueueParty, Integer> put(long from, long to) {
        return put(from, to, maxLength());
    }

    /** The numbers of the next messages, as many as asked for, or less if no more come in that time. */
    private static Script<QueueParty, ArrayList<Long>> take(int atMost, Duration patience) {
        return queue -> {
            ArrayList<Long> numbers = new ArrayList<>();
            while (numbers.size() < atMost) {
                byte[] message = queue.take(patience);
                if (message == null) {
                    break;
                }
                numbers.add(Message.number(message));
            }
            return numbers;
        };
    }

    private static Script<QueueParty, ArrayList<Long>> take(int exactly) {
        return take(exactly, limit());
    }

    /** The numbers of all messages up to -1, without it, and of what is there behind it. */
    private static Script<QueueParty, ArrayList<Long>> takeToTheMark() {
        return queue -> {
            ArrayList<Long> numbers = new ArrayList<>();
            long number = Message.number(queue.take(limit()));
            while (number != -1) {
                numbers.add(number);
                number = Message.number(queue.take(limit()));
            }
            numbers.addAll(takeWhatIsThere().run(queue));
            return numbers;
        };
    }

    private static Script<QueueParty, ArrayList<Long>> takeWhatIsThere() {
        return take(Integer.MAX_VALUE, BRIEF);
    }

    /** One who has put, and may put more: as long as it is there, the stream has not ended. */
    private Member<QueueParty> producerThatLives() throws Exception {
        Member<QueueParty> producer = here();
        producer.call(put(0, 1));
        assertEquals(List.of(0L), producer.call(take(1)));
        return producer;
    }

    private static List<Long> numbers(long from, long to) {
        List<Long> numbers = new ArrayList<>();
        for (long number = from; number < to; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    // ---- order ----

    @Test
    void whatAProcessPutsComesOutInItsOrder() throws Exception {
        Member<QueueParty> producer = process();
        Member<QueueParty> consumer = process();
        Future<ArrayList<Long>> taken = consumer.start(take(5_000));
        producer.call(put(0, 5_000));
        assertEquals(numbers(0, 5_000), Member.result(taken));
    }

    @Test
    void whatWasPutBeforeAnotherPutBeganComesOutBeforeIt() throws Exception {
        assumeTrue(hasOneOrder(), "only the order of each process is promised");
        List<Member<QueueParty>> members = List.of(here(), process(), process());
        Random random = new Random(1);
        int next = 0;
        for (int round = 0; round < 60; round++) {
            int first = next;
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                members.get(random.nextInt(3)).call(put(next, next + 1));
                next++;
                if (capacity() > 0 && next - first == capacity()) {
                    break;
                }
            }
            for (long number = first; number < next; number++) {
                assertEquals(List.of(number), members.get(random.nextInt(3)).call(take(1)));
            }
        }
    }

    @Test
    void eachMessageIsTakenOnceByOneOfMany() throws Exception {
        int each = 3_000;
        List<Member<QueueParty>> producers = List.of(process(), here());
        List<Member<QueueParty>> consumers = List.of(process(), here());
        List<Future<Integer>> puts = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            puts.add(producers.get(i).start(put(i * each, (i + 1) * each)));
        }
        Set<Long> all = new HashSet<>();
        while (all.size() < 2 * each) {
            int missing = 2 * each - all.size();
            List<Future<ArrayList<Long>>> takes = new ArrayList<>();
            for (Member<QueueParty> consumer : consumers.subList(0, Math.min(missing, 2))) {
                takes.add(consumer.start(take(Math.max(1, missing / 2))));
            }
            for (Future<ArrayList<Long>> take : takes) {
                List<Long> taken = Member.result(take);
                requireOrderOfEachProducer(taken, each);
                for (Long number : taken) {
                    assertTrue(all.add(number), "message " + number + " is taken twice");
                }
            }
            assertTrue(all.size() > 2 * each - missing, missing + " messages are lost");
        }
        for (Future<Integer> put : puts) {
            Member.result(put);
        }
        assertEquals(List.of(), here().call(takeWhatIsThere()));
    }

    private static void requireOrderOfEachProducer(List<Long> taken, int each) {
        long[] last = {-1, -1};
        for (long number : taken) {
            int producer = (int) (number / each);
            assertTrue(number > last[producer], () -> "message " + number + " comes after " + last[producer]);
            last[producer] = number;
        }
    }

    // ---- messages ----

    @Test
    void messagesOfEveryLengthComeWhole() throws Exception {
        int max = maxLength();
        Member<QueueParty> consumer = process();
        Future<ArrayList<Long>> taken = consumer.start(take(60));
        here().call(queue -> {
            Random random = new Random(2);
            for (int number = 0; number < 60; number++) {
                int length = number % 2 == 0 ? Message.SHORTEST : (int) Math.pow(max, (number + 1) / 60.0);
                length = Math.max(Message.SHORTEST, Math.min(max, length - random.nextInt(2)));
                assertTrue(queue.put(Message.of(number, number == 59 ? max : length), limit()), "there was no room");
            }
            return null;
        });
        assertEquals(numbers(0, 60), Member.result(taken));
    }

    @Test
    void whatTheCallerDoesToItsBytesAfterwardsChangesNoMessage() throws Exception {
        Member<QueueParty> producer = here();
        producer.call(queue -> {
            byte[] bytes = Message.of(1, Message.SHORTEST);
            assertTrue(queue.put(bytes, limit()), "there was no room");
            System.arraycopy(Message.of(2, Message.SHORTEST), 0, bytes, 0, bytes.length);
            return null;
        });
        assertEquals(List.of(1L), process().call(take(1)));
    }

    @Test
    void whatAProcessPutIsThereWhenItHasGone() throws Exception {
        Member<QueueParty> stays = producerThatLives();
        int count = capacity() == 0 ? 10 : Math.min(10, capacity());
        MemberProcess<QueueParty> producer = process();
        producer.call(put(0, count));
        producer.leave();
        producer.kill();
        assertEquals(numbers(0, count), process().call(take(count)));
        assertEquals(List.of(), stays.call(takeWhatIsThere()));
    }

    // ---- waiting ----

    @Test
    void aTakeFromAnEmptyQueueWaitsNoShorterThanItWasTold() throws Exception {
        Member<QueueParty> consumer = process();
        long waited = consumer.call(queue -> {
            long start = System.nanoTime();
            assertNull(queue.take(BRIEF), "nobody has put anything");
            return System.nanoTime() - start;
        });
        assertTrue(waited >= BRIEF.toNanos(), () -> "it waited " + waited + " ns");
    }

    @Test
    void aWaitingTakeGetsWhatIsPutLater() throws Exception {
        Member<QueueParty> producer = process();
        MemberHere<QueueParty> consumer = here();
        for (int round = 0; round < 20; round++) {
            Future<ArrayList<Long>> taken = consumer.start(take(1));
            consumer.awaitWaiting(taken);
            producer.call(put(round, round + 1));
            assertEquals(List.of((long) round), Member.result(taken));
        }
    }

    @Test
    void itHoldsExactlyAsManyMessagesAsItsCapacitySays() throws Exception {
        int capacity = capacity();
        assumeTrue(capacity > 0, "nothing is promised of a full queue");
        Member<QueueParty> producer = process();
        Member<QueueParty> consumer = process();
        for (int round = 0; round < 3; round++) {
            long waited = producer.call(queue -> {
                for (int number = 0; number < capacity; number++) {
                    assertTrue(queue.put(Message.of(number, Message.SHORTEST), BRIEF), "full after " + number);
                }
                long start = System.nanoTime();
                assertFalse(queue.put(Message.of(-1, Message.SHORTEST), BRIEF), "not full after " + capacity);
                return System.nanoTime() - start;
            });
            assertTrue(waited >= BRIEF.toNanos(), () -> "a put into a full queue waited " + waited + " ns");
            assertEquals(numbers(0, capacity), consumer.call(takeWhatIsThere()));
        }
    }

    @Test
    void aWaitingPutGoesOnWhenThereIsRoom() throws Exception {
        int capacity = capacity();
        assumeTrue(capacity > 0, "a put never waits");
        Member<QueueParty> producer = process();
        Future<Integer> put = producer.start(put(0, capacity + 20, Message.SHORTEST));
        assertEquals(numbers(0, capacity + 20), here().call(take(capacity + 20)));
        Member.result(put);
    }

    // ---- the end ----

    @Test
    void afterTheEndOfTheStreamWhatIsLeftIsTakenAndThenTheEndIsSaidAndItStays() throws Exception {
        assumeTrue(hasEndOfStream(), "there is no end of the stream");
        Member<QueueParty> producer = process();
        Member<QueueParty> consumer = here();
        producer.call(put(0, 1));
        producer.call(queue -> {
            queue.endOfStream();
            return null;
        });
        assertEquals(List.of(0L), consumer.call(take(1)));
        for (Duration patience : List.of(Duration.ZERO, BRIEF, limit())) {
            assertThrows(EOFException.class, () -> consumer.call(take(1, patience)));
        }
    }

    @Test
    void aWaitingTakeLearnsOfTheEndOfTheStream() throws Exception {
        assumeTrue(hasEndOfStream(), "there is no end of the stream");
        Member<QueueParty> producer = process();
        MemberHere<QueueParty> consumer = here();
        producer.call(put(0, 1));
        assertEquals(List.of(0L), consumer.call(take(1)));
        Future<ArrayList<Long>> taken = consumer.start(take(1));
        consumer.awaitWaiting(taken);
        producer.call(queue -> {
            queue.endOfStream();
            return null;
        });
        assertThrows(EOFException.class, () -> Member.result(taken));
    }

    // ---- death ----

    @Test
    void aKilledProducerLosesNothingThatItHasPutAndLeavesNothingHalf() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Member<QueueParty> lives = producerThatLives();
        for (int round = 0; round < 3; round++) {
            MemberProcess<QueueParty> producer = process();
            Future<ArrayList<Long>> taking = here().start(takeToTheMark());
            long done = putUntilKilled(producer, random);
            lives.call(put(-1, 0));
            List<Long> taken = Member.result(taking);
            assertEquals(numbers(0, taken.size()), taken, "seed " + seed);
            assertTrue(taken.size() >= done, () -> taken.size() + " of " + done + " were left, seed " + seed);
        }
    }

    /** How many puts had ended when it was killed. */
    private long putUntilKilled(MemberProcess<QueueParty> producer, Random random) throws Exception {
        int batch = 50;
        int whole = random.nextInt(20);
        for (int i = 0; i < whole; i++) {
            producer.call(put(i * batch, (i + 1) * batch));
        }
        Future<Integer> last = producer.start(put(whole * batch, 1_000_000));
        Thread.sleep(random.nextInt(20));
        producer.kill();
        assertThrows(MemberDiedException.class, () -> Member.result(last));
        return whole * batch;
    }

    @Test
    void aKilledConsumerTakesNothingWithItButWhatItHadTaken() throws Exception {
        assumeTrue(survivesDeath(), "no promise for a process that is killed");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int count = 4_000;
        for (int round = 0; round < 3; round++) {
            MemberProcess<QueueParty> consumer = process();
            Member<QueueParty> producer = here();
            Member<QueueParty> other = process();
            Future<Integer> puts = producer.start(put(0, count));
            List<Long> before = consumer.call(take(1 + random.nextInt(1_000)));
            Future<ArrayList<Long>> last = consumer.start(take(200));
            Thread.sleep(random.nextInt(3));
            consumer.kill();
            List<Long> taken = new ArrayList<>(before);
            try {
                taken.addAll(Member.result(last));
            } catch (MemberDiedException e) {
                // It had up to 200 in its hands, which nobody knows of: they are a gap.
            }
            int gap = taken.size() > before.size() ? 0 : 200;
            Future<ArrayList<Long>> others = other.start(takeToTheMark());
            Member.result(puts);
            producer.call(put(-1, 0));
            List<Long> rest = Member.result(others);
            int lost = count - taken.size() - rest.size();
            assertTrue(lost <= gap, () -> lost + " are lost, at most " + gap + " were in its hands, seed " + seed);
            assertEquals(numbers(0, taken.size()), taken, "seed " + seed);
            assertEquals(numbers(taken.size() + lost, count), rest, "seed " + seed);
        }
    }
}
