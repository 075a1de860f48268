package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.PeerClosedException;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One end of the pipe {@code pipe-INDEX}: a thread sends while the main thread receives, so that both directions are busy
 * at once, and full at times. End A closes when it has sent and received everything; end B receives until it is told so.
 * Where a fault is to kill the other side, both end when it is gone; elsewhere to be left alone is an error.
 */
final class Duplex {

    private Duplex() {}

    static void run(End end) throws InterruptedException {
        Job job = Job.fromProperties();
        try (Ipc ipc = Ipc.open();
                Connection<byte[]> connection = ipc.pipe("pipe-" + job.index(), Codec.BYTES, end)) {
            boolean peerMayDie = job.mortal().contains(end == End.A ? "consumer" : "producer");
            FutureTask<Void> sending = new FutureTask<>(() -> {
                send(connection, job, peerMayDie);
                return null;
            });
            Thread sender = new Thread(sending, "sender");
            sender.setDaemon(true);
            sender.start();
            int received = receive(connection, end == End.A ? job.messages() : Integer.MAX_VALUE);
            if (received < job.messages() && !peerMayDie) {
                throw new IllegalStateException("the stream ended after " + received + " messages of " + job.messages()
                        + ", though the other end was to send them all");
            }
            finish(sending);
        }
    }

    private static void send(Connection<byte[]> connection, Job job, boolean peerMayDie) throws InterruptedException {
        SplittableRandom random = job.random();
        Pace pace = new Pace(random.split());
        for (int i = 0; i < job.messages(); i++) {
            pace.allow(i, 1);
            pace.step();
            try {
                connection.send(job.payload(random));
            } catch (PeerClosedException e) {
                if (!peerMayDie) {
                    throw e;
                }
                return;
            }
        }
    }

    private static int receive(Connection<byte[]> connection, int atMost) throws InterruptedException {
        Pace pace = new Pace(new SplittableRandom(atMost));
        for (int i = 0; i < atMost; i++) {
            pace.step();
            try {
                connection.receive();
            } catch (EndOfStreamException e) {
                // The other end is closed and everything that it sent has come: nothing is left to receive.
                return i;
            }
        }
        return atMost;
    }

    private static void finish(FutureTask<Void> sending) throws InterruptedException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending failed: " + e.getCause(), e.getCause());
        }
    }
}
