package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.crash.Journal.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Those who put into the one queue, and those who take from it, in every way there is. */
final class QueueRoles {

    static final String QUEUE = "q";

    /** So small that it is often full and often empty, that payloads wrap round its end, and that some do not fit. */
    static final QueueOptions SMALL = QueueOptions.capacity(16).withBytes(1024);

    private static final int TOO_LARGE = 1100;
    private static final int MOST_AT_ONCE = 12;

    private QueueRoles() {}

    static void put(Part part) throws Exception {
        try (Ipc ipc = Ipc.open(part.home())) {
            IpcQueue<byte[]> queue = ipc.queue(QUEUE, Codec.BYTES);
            long next = 1;
            while (part.goesOn()) {
                next = putSome(part, queue, next);
                part.restNowAndThen();
            }
            queue.endOfStream();
        }
    }

    /** Gives the sequence of the next message to put. */
    private static long putSome(Part part, IpcQueue<byte[]> queue, long next) throws Exception {
        Journal journal = part.journal();
        int batch = part.oneIn(3) ? 1 + part.random().nextInt(MOST_AT_ONCE) : 0;
        if (part.patient() && batch > 0) {
            List<byte[]> messages = new ArrayList<>();
            for (int i = 0; i < batch; i++) {
                messages.add(message(part, next + i));
            }
            journal.set(Word.BEGUN, next + batch - 1);
            queue.putAll(messages);
            journal.set(Word.ACKNOWLEDGED, next + batch - 1);
            part.did();
            return next + batch;
        }
        byte[] message = message(part, next);
        journal.set(Word.BEGUN, next);
        if (putOne(part, queue, message)) {
            journal.set(Word.ACKNOWLEDGED, next);
            part.did();
            return next + 1;
        }
        part.called();
        return next;
    }

    private static boolean putOne(Part part, IpcQueue<byte[]> queue, byte[] message) throws Exception {
        switch (part.random().nextInt(part.patient() ? 3 : 2)) {
            case 0:
                return part.within(100, () -> queue.offer(message));
            case 1:
                return part.within(10, () -> queue.offer(message, 10, TimeUnit.MILLISECONDS));
            default:
                queue.put(message);
                return true;
        }
    }

    private static byte[] message(Part part, long sequence) {
        int length = 8;
        if (part.oneIn(25)) {
            length = TOO_LARGE + part.random().nextInt(2000);
        } else if (!part.oneIn(4)) {
            length = 8 + part.random().nextInt(300);
        }
        return Sealed.seal(Sealed.value(part.id(), 0, sequence), length);
    }

    static void take(Part part) throws Exception {
        try (Ipc ipc = Ipc.open(part.home())) {
            IpcQueue<byte[]> queue = ipc.queue(QUEUE, Codec.BYTES);
            List<byte[]> taken = new ArrayList<>();
            while (true) {
                takeSome(part, queue, taken);
                for (byte[] message : taken) {
                    part.journal().enter(Sealed.open(message));
                }
                part.journal().set(Word.TAKING, 0);
                if (taken.isEmpty()) {
                    part.called();
                } else {
                    part.did();
                }
                taken.clear();
                part.restNowAndThen();
            }
        } catch (EndOfStreamException e) {
            // All who put have said so or are dead, and nothing is left.
            part.journal().set(Word.TAKING, 0);
        }
    }

    private static void takeSome(Part part, IpcQueue<byte[]> queue, List<byte[]> taken) throws Exception {
        int way = part.random().nextInt(part.patient() ? 5 : 4);
        int most = way == 2 ? MOST_AT_ONCE : way == 3 ? 0 : 1;
        part.journal().set(Word.TAKING, most);
        switch (way) {
            case 0 -> addIfAny(taken, part.within(100, queue::poll));
            case 1 -> addIfAny(taken, part.within(10, () -> queue.poll(10, TimeUnit.MILLISECONDS)));
            case 2 -> part.within(100, () -> queue.drainTo(taken, MOST_AT_ONCE));
            case 3 -> {
                byte[] first = part.within(100, queue::peek);
                if (first != null) {
                    Sealed.open(first);
                }
            }
            default -> taken.add(queue.take());
        }
    }

    private static void addIfAny(List<byte[]> taken, byte[] message) {
        if (message != null) {
            taken.add(message);
        }
    }

    /** Comes, puts a few or none, and leaves, with or without a word; again and again. */
    static void pass(Part part) throws Exception {
        long next = 1;
        while (part.goesOn()) {
            try (Ipc ipc = Ipc.open(part.home())) {
                IpcQueue<byte[]> queue = ipc.queue(QUEUE, Codec.BYTES);
                long end = next + part.random().nextInt(4);
                while (next < end && part.goesOn()) {
                    next = putSome(part, queue, next);
                }
                if (part.oneIn(2)) {
                    queue.endOfStream();
                }
            }
            part.did();
        }
    }
}
