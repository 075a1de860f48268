package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ConnectionParty;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Connections that are each wrong in one way. */
final class BrokenConnections {

    private BrokenConnections() {}

    @Fails("eachDirectionIsAStreamOfItsOwnAndNothingComesBack")
    static final class Reflects extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                private final Queue<byte[]> own = new ConcurrentLinkedQueue<>();

                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    own.add(message);
                    return super.send(message, timeout);
                }

                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    byte[] message = super.receive(timeout);
                    return message == null ? own.poll() : message;
                }
            };
        }
    }

    @Fails("bothEndsMaySendMoreThanTheConnectionHolds")
    static final class OneAtATime extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                private final Object both = new Object();

                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    synchronized (both) {
                        return super.send(message, timeout);
                    }
                }

                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    synchronized (both) {
                        return super.receive(timeout);
                    }
                }
            };
        }
    }

    @Fails("eitherEndMayComeFirst")
    static final class OneMustComeFirst extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            if (!first && !home.resolve("socket").toFile().exists()) {
                throw new IOException("nobody is there");
            }
            return super.connect(home, first);
        }
    }

    @Fails("messagesOfEveryLengthComeWhole")
    static final class CutsLongMessages extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    return super.send(Arrays.copyOf(message, Math.max(1, message.length & 0xFFFF)), timeout);
                }
            };
        }
    }

    @Fails("whatTheCallerDoesToItsBytesAfterwardsChangesNoMessage")
    static final class SendsLater extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public boolean send(byte[] message, Duration timeout) {
                    CompletableFuture.runAsync(
                            () -> {
                                try {
                                    super.send(message, timeout);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS));
                    return true;
                }
            };
        }
    }

    @Fails({"aReceiveWaitsNoShorterThanItWasTold", "aWaitingSendGoesOnWhenThereIsRoom"})
    static final class NeverWaits extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    return super.send(message, Duration.ZERO);
                }

                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    return super.receive(Duration.ZERO);
                }
            };
        }
    }

    @Fails({"aWaitingReceiveGetsWhatIsSentLater", "whoWaitsLearnsThatTheOtherEndIsClosed"})
    static final class SleepsThroughItsTime extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    byte[] message = super.receive(Duration.ZERO);
                    if (message == null) {
                        Thread.sleep(timeout.toMillis());
                    }
                    return message;
                }
            };
        }
    }

    @Fails("whatFoundNoRoomIsNotSentAndTheRestIs")
    static final class SendsWhatItRefused extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                private byte[] refused;

                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    if (refused != null && super.send(refused, timeout)) {
                        refused = null;
                    }
                    boolean sent = refused == null && super.send(message, timeout);
                    refused = sent ? null : message;
                    return sent;
                }
            };
        }
    }

    @Fails("afterTheOtherEndIsClosedAllIsReceivedAndThenTheEndAndItStays")
    static final class CloseEatsTheTail extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                private byte[] kept;

                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    boolean sent = kept == null || super.send(kept, timeout);
                    kept = message;
                    return sent;
                }
            };
        }
    }

    @Fails({
        "nothingCanBeSentForLongToAnEndThatIsClosed",
        "whoSendsLearnsThatTheOtherProcessWasKilled",
        "whatAKilledProcessHadSentIsReceivedWholeAndThenTheEndAndItStays"
    })
    static final class KnowsNoEnd extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public boolean send(byte[] message, Duration timeout) throws Exception {
                    try {
                        return super.send(message, timeout);
                    } catch (IOException e) {
                        return true;
                    }
                }

                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    try {
                        return super.receive(timeout);
                    } catch (EOFException e) {
                        return null;
                    }
                }
            };
        }
    }

    @Fails("aProcessThatStandsStillIsNotDead")
    static final class TakesSilenceForDeath extends SocketTest {

        @Override
        protected ConnectionParty connect(Path home, boolean first) throws IOException {
            return new SocketEnd(home, first) {
                @Override
                public byte[] receive(Duration timeout) throws Exception {
                    byte[] message = super.receive(timeout);
                    if (message == null && timeout.toMillis() > 100) {
                        throw new EOFException("nothing has come for so long");
                    }
                    return message;
                }
            };
        }
    }
}
