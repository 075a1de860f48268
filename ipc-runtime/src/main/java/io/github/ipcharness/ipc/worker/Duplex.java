package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * One end of the pipe {@code pipe-INDEX}: a thread sends while the main thread receives, so that both directions are busy
 * at once, and full at times. End A closes when it has sent and received everything; end B receives until it is told so.
 */
final class Duplex {

    private Duplex() {}

    static void run(End end) throws InterruptedException {
        Job job = Job.fromProperties();
        try (Ipc ipc = Ipc.open();
                Connection<byte[]> connection = ipc.pipe("pipe-" + job.index(), Codec.BYTES, end)) {
            FutureTask<Void> sending = new FutureTask<>(() -> {
                SplittableRandom random = job.random();
                for (int i = 0; i < job.messages(); i++) {
                    connection.send(job.payload(random));
                }
                return null;
            });
            Thread sender = new Thread(sending, "sender");
            sender.setDaemon(true);
            sender.start();
            receive(connection, end == End.A ? job.messages() : Integer.MAX_VALUE);
            finish(sending);
        }
    }

    private static void receive(Connection<byte[]> connection, int atMost) throws InterruptedException {
        for (int i = 0; i < atMost; i++) {
            try {
                connection.receive();
            } catch (EndOfStreamException e) {
                // The other end is closed and everything that it sent has come: nothing is left to receive.
                return;
            }
        }
    }

    private static void finish(FutureTask<Void> sending) throws InterruptedException {
        try {
            sending.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("sending failed: " + e.getCause(), e.getCause());
        }
    }
}
