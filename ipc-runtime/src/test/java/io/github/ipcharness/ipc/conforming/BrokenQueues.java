package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.QueueParty;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Queues that are each wrong in one way. */
final class BrokenQueues {

    private BrokenQueues() {}

    @Fails("whatAProcessPutsComesOutInItsOrder")
    static final class SwapsTwo extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private byte[] kept;

                @Override
                byte[] takeNow() throws IOException {
                    byte[] message = kept != null ? kept : super.takeNow();
                    byte[] next = kept != null || message == null ? null : super.takeNow();
                    kept = next == null ? null : message;
                    return next == null ? message : next;
                }
            };
        }
    }

    @Fails("whatWasPutBeforeAnotherPutBeganComesOutBeforeIt")
    static final class KeepsOnlyTheOrderOfEachProducer extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private final FileQueue own =
                        new FileQueue(home.resolve(UUID.randomUUID().toString()), capacity());

                @Override
                boolean putNow(byte[] message) throws IOException {
                    return own.putNow(message);
                }

                @Override
                byte[] takeNow() throws IOException {
                    byte[] message = own.takeNow();
                    for (Path other : message != null ? new Path[0] : queues(home)) {
                        message = message == null ? new FileQueue(other, capacity()).takeNow() : message;
                    }
                    return message;
                }
            };
        }

        private static Path[] queues(Path home) {
            return Arrays.stream(home.toFile().list()).map(home::resolve).toArray(Path[]::new);
        }
    }

    @Fails("eachMessageIsTakenOnceByOneOfMany")
    static final class GivesOneInAThousandTwice extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private int count;
                private byte[] again;

                @Override
                byte[] takeNow() throws IOException {
                    if (again != null) {
                        byte[] message = again;
                        again = null;
                        return message;
                    }
                    byte[] message = super.takeNow();
                    again = message != null && ++count % 1_000 == 0 ? message : null;
                    return message;
                }
            };
        }
    }

    @Fails({"whatAProcessPutsComesOutInItsOrder", "eachMessageIsTakenOnceByOneOfMany"})
    static final class LosesOneInAThousand extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private int count;

                @Override
                boolean putNow(byte[] message) throws IOException {
                    return ++count % 1_000 == 0 || super.putNow(message);
                }
            };
        }
    }

    @Fails("messagesOfEveryLengthComeWhole")
    static final class TearsLongMessages extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                boolean putNow(byte[] message) throws IOException {
                    byte[] torn =
                            Arrays.copyOf(Arrays.copyOf(message, Math.min(message.length, 5_000)), message.length);
                    return super.putNow(torn);
                }
            };
        }
    }

    @Fails("whatTheCallerDoesToItsBytesAfterwardsChangesNoMessage")
    static final class PutsLater extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                boolean putNow(byte[] message) {
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    super.putNow(message);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
                    return true;
                }
            };
        }
    }

    @Fails("whatAProcessPutIsThereWhenItHasGone")
    static final class KeepsTheLastOneUntilTheNextComes extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private byte[] kept;

                @Override
                boolean putNow(byte[] message) throws IOException {
                    if (kept != null && !super.putNow(kept)) {
                        return false;
                    }
                    kept = message;
                    return true;
                }
            };
        }
    }

    @Fails({"aTakeFromAnEmptyQueueWaitsNoShorterThanItWasTold", "aWaitingPutGoesOnWhenThereIsRoom"})
    static final class NeverWaits extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                public boolean put(byte[] message, Duration timeout) throws Exception {
                    return super.put(message, Duration.ZERO);
                }

                @Override
                public byte[] take(Duration timeout) throws Exception {
                    return super.take(Duration.ZERO);
                }
            };
        }
    }

    @Fails({"aWaitingTakeGetsWhatIsPutLater", "aWaitingTakeLearnsOfTheEndOfTheStream"})
    static final class SleepsThroughItsTime extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                public byte[] take(Duration timeout) throws Exception {
                    byte[] message = takeNow();
                    if (message == null) {
                        Thread.sleep(timeout.toMillis());
                    }
                    return message;
                }
            };
        }
    }

    @Fails("itHoldsExactlyAsManyMessagesAsItsCapacitySays")
    static final class HoldsOneMore extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity() + 1);
        }
    }

    @Fails("afterTheEndOfTheStreamWhatIsLeftIsTakenAndThenTheEndIsSaidAndItStays")
    static final class EndsBeforeItIsDrained extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                byte[] takeNow() throws IOException {
                    if (home.resolve("ended").toFile().exists()) {
                        throw new EOFException();
                    }
                    return super.takeNow();
                }

                @Override
                public void endOfStream() throws IOException {
                    if (!home.resolve("ended").toFile().createNewFile()) {
                        throw new IOException("ended already");
                    }
                }
            };
        }
    }

    @Fails("aKilledProducerLosesNothingThatItHasPutAndLeavesNothingHalf")
    static final class SaysThatItIsThereBeforeItIs extends FileQueueTest {

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                @Override
                boolean putNow(byte[] message) throws IOException {
                    byte[] half = Arrays.copyOf(message, message.length / 2);
                    return super.putNow(half) && super.putNow(Arrays.copyOfRange(message, half.length, message.length));
                }

                @Override
                byte[] takeNow() throws IOException {
                    byte[] first = super.takeNow();
                    byte[] rest = first == null ? null : super.takeNow();
                    if (rest == null) {
                        return first;
                    }
                    byte[] message = Arrays.copyOf(first, first.length + rest.length);
                    System.arraycopy(rest, 0, message, first.length, rest.length);
                    return message;
                }
            };
        }
    }

    @Fails("aKilledConsumerTakesNothingWithItButWhatItHadTaken")
    static final class ReadsAhead extends FileQueueTest {

        @Override
        protected int capacity() {
            return 100_000;
        }

        @Override
        protected QueueParty join(Path home) {
            return new FileQueue(home, capacity()) {
                private final Deque<byte[]> ahead = new ArrayDeque<>();

                @Override
                byte[] takeNow() throws IOException {
                    if (ahead.isEmpty()) {
                        byte[] message = super.takeNow();
                        while (message != null && ahead.size() < 1_000) {
                            ahead.add(message);
                            message = super.takeNow();
                        }
                        if (message != null) {
                            ahead.add(message);
                        }
                    }
                    return ahead.poll();
                }
            };
        }
    }
}
