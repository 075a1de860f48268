package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcException;
import io.github.ipcharness.ipc.PeerClosedException;
import io.github.ipcharness.ipc.crash.Journal.Word;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Two who talk through one pipe, in generations: each sends some messages and a last one, receives up to the other's last
 * one, and closes its end; then both open a new pipe of the same name. A generation whose other side dies ends there.
 *
 * <p>End A leads: it is told to stop, and says so to B with its last message.
 */
final class PipeRoles {

    static final String PIPE = "p";

    private static final long LAST = 1L << 30;
    private static final long LEAVING = 1L << 31;
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final long OPENING_NANOS = 60_000_000_000L;
    private static final int TOO_LARGE = 70_000;

    private PipeRoles() {}

    static void talkAtA(Part part) throws Exception {
        talk(part, End.A);
    }

    static void talkAtB(Part part) throws Exception {
        talk(part, End.B);
    }

    private static void talk(Part part, End end) throws Exception {
        int generation = 0;
        boolean over = false;
        while (!over) {
            try (Ipc ipc = Ipc.open(part.home())) {
                for (int i = part.random().nextInt(4); i >= 0 && !over; i--) {
                    Connection<byte[]> connection = open(part, ipc, end);
                    Talk talk = new Talk(part, connection, ++generation);
                    talk.run();
                    part.journal().enter(ended(generation, part.journal().get(Word.ACKNOWLEDGED)));
                    part.did();
                    over = talk.over;
                }
            }
        }
    }

    /** An entry that says how many messages of a generation were acknowledged. */
    private static long ended(int generation, long acknowledged) {
        return 1L << 63 | Sealed.value(0, generation, acknowledged);
    }

    static boolean isEnded(long entry) {
        return entry < 0;
    }

    /** Waits until the last pipe of the name is over. */
    private static Connection<byte[]> open(Part part, Ipc ipc, End end) throws Exception {
        long limit = System.nanoTime() + OPENING_NANOS;
        while (true) {
            try {
                return ipc.pipe(PIPE, Codec.BYTES, end);
            } catch (IpcException e) {
                boolean isTaken = e.getMessage().contains("is held already")
                        || e.getMessage().contains("was closed or");
                if (!isTaken || System.nanoTime() - limit > 0) {
                    throw e;
                }
                part.called();
                LockSupport.parkNanos(200_000);
            }
        }
    }

    /** One generation. */
    private static final class Talk {
        private final Part part;
        private final Connection<byte[]> connection;
        private final int generation;
        private final long toSend;
        private final boolean wide;
        private long sent;
        private boolean heardLast;
        private boolean over;

        Talk(Part part, Connection<byte[]> connection, int generation) {
            this.part = part;
            this.connection = connection;
            this.generation = generation;
            this.toSend = 1 + part.random().nextInt(part.oneIn(4) ? 120 : 12);
            // Two who both wait for room without limit would wait for each other: then there must be room for all.
            this.wide = part.oneIn(3);
        }

        void run() throws Exception {
            Journal journal = part.journal();
            journal.set(Word.BEGUN, 0);
            journal.set(Word.ACKNOWLEDGED, 0);
            journal.set(Word.GENERATION, generation);
            try {
                while (sent < toSend || !heardLast) {
                    if (sent < toSend) {
                        send();
                    }
                    if (!heardLast && (sent == toSend || part.oneIn(2))) {
                        receive();
                    }
                    part.restNowAndThen();
                }
            } catch (PeerClosedException e) {
                receiveWhatIsLeft();
            } catch (EndOfStreamException e) {
                // The other has died before its last message.
            } finally {
                connection.close();
            }
        }

        private void send() throws Exception {
            Journal journal = part.journal();
            long sequence = sent + 1;
            boolean isLast = sequence == toSend;
            boolean isLeaving = isLast && connection.end() == End.A && !part.goesOn();
            journal.set(Word.BEGUN, sequence);
            long value =
                    Sealed.value(part.id(), generation, sequence) | (isLast ? LAST : 0) | (isLeaving ? LEAVING : 0);
            byte[] message = Sealed.seal(value, length());
            boolean done = true;
            if (wide || !part.patient() || part.oneIn(2)) {
                done = part.within(10, () -> connection.send(message, MOMENT));
            } else {
                connection.send(message);
            }
            if (!done) {
                part.called();
                return;
            }
            sent = sequence;
            journal.set(Word.ACKNOWLEDGED, sequence);
            over |= isLeaving;
            part.did();
        }

        private int length() {
            if (!wide) {
                return 8 + part.random().nextInt(300);
            }
            return part.oneIn(30) ? TOO_LARGE : 8 + part.random().nextInt(4000);
        }

        private void receive() throws Exception {
            byte[] message;
            part.journal().set(Word.TAKING, 1);
            switch (part.random().nextInt(part.patient() && sent == toSend ? 3 : 2)) {
                case 0 -> message = part.within(100, connection::poll);
                case 1 -> message = part.within(10, () -> connection.receive(MOMENT));
                default -> message = connection.receive();
            }
            if (message == null) {
                part.journal().set(Word.TAKING, 0);
                part.called();
                return;
            }
            hear(Sealed.open(message));
        }

        private void hear(long value) {
            part.journal().enter(value & ~(LAST | LEAVING));
            part.journal().set(Word.TAKING, 0);
            heardLast |= (value & LAST) != 0;
            over |= (value & LEAVING) != 0;
            part.did();
        }

        private void receiveWhatIsLeft() throws Exception {
            try {
                while (true) {
                    hear(Sealed.open(connection.receive()));
                }
            } catch (EndOfStreamException e) {
                // That was all.
            }
        }
    }
}
