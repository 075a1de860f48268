package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.Incoming;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.Collection;

/**
 * The receiving side of a ring, with a codec, deadlines and a history.
 *
 * <p>A message is decoded after the ring was let go, so a slow codec of the user's keeps no other process waiting.
 */
final class Inbox<T> {

    /** What a take ended with when there was no message. */
    enum Nothing {
        /** The time was over. */
        YET,
        /** Those who could send one are gone. */
        EVER
    }

    private final MessageRing ring;
    private final Codec<T> codec;
    private final ObjectLog log;
    private final Operation receive;
    private final int flags;

    Inbox(MessageRing ring, Codec<T> codec, ObjectLog log, Operation receive, int flags) {
        this.ring = ring;
        this.codec = codec;
        this.log = log;
        this.receive = receive;
        this.flags = flags;
    }

    /** Tries once; null if there is nothing. */
    T poll() {
        long call = log.beginLook();
        if (ring.isEmpty()) {
            log.endLook(call, receive, flags, 0, Outcome.EMPTY, 0, 0);
            return null;
        }
        Taken<T> taken = new Taken<>(beginTake());
        try {
            takeOnce(taken, Deadline.in(Outbox.PATIENCE_NANOS));
        } finally {
            finishTake(taken, taken.busy ? Outcome.NO_EFFECT : Outcome.EMPTY);
        }
        return taken.value;
    }

    /**
     * Waits for a message until the deadline.
     *
     * @param closed the outcome to record when those who send are gone
     * @return what ended the wait, or null if {@code into} has a message
     */
    Nothing take(Taken<T> into, long deadline, Peers peers, Outcome closed) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        into.record = beginTake();
        Outcome outcome = Outcome.NO_EFFECT;
        Nothing nothing = null;
        try {
            takeOnce(into, deadline);
            if (into.message == null) {
                nothing = takeWaiting(into, deadline, peers);
                outcome = into.busy ? Outcome.NO_EFFECT : nothing == Nothing.EVER ? closed : Outcome.EMPTY;
            }
        } finally {
            finishTake(into, outcome);
        }
        return nothing;
    }

    private Nothing takeWaiting(Taken<T> into, long deadline, Peers peers) throws InterruptedException {
        try (Waiting waiting = new Waiting(ring.notEmpty())) {
            while (true) {
                // Whoever says that no more will come says so after the last message: look at the ring once more.
                boolean lost = peers.areGone(waiting.isTimeToProbe());
                boolean inTime = !lost && waiting.pauseInterruptibly(deadline);
                takeOnce(into, deadline);
                if (into.message != null) {
                    waiting.succeeded();
                    ring.passOnMessages(waiting.hasLainDown());
                    return null;
                }
                if (!inTime) {
                    return lost ? Nothing.EVER : Nothing.YET;
                }
            }
        }
    }

    private long beginTake() {
        return log.begin(receive, flags, 0, 0, 0);
    }

    private void takeOnce(Taken<T> into, long deadline) {
        into.busy = !ring.beginTake(deadline);
        if (into.busy) {
            return;
        }
        Incoming message = new Incoming();
        try {
            if (!ring.read(message)) {
                return;
            }
            ring.commitTake();
        } catch (RegionException e) {
            throw new IpcException(e.getMessage(), e);
        } finally {
            ring.endTake();
        }
        into.message = message;
    }

    private void finishTake(Taken<T> taken, Outcome otherwise) {
        if (taken.message == null) {
            log.end(taken.record, otherwise);
            return;
        }
        taken.value = decode(taken.record, taken.message);
    }

    private T decode(long record, Incoming message) {
        ring.spill().delete(message.spillNumber());
        T value;
        try {
            value = codec.decode(message);
        } catch (RuntimeException e) {
            // Taken it is, whatever the user's codec thinks of it.
            log.endReceive(record, message);
            throw e;
        }
        log.endReceive(record, codec, value, message);
        return value;
    }

    /** A message that has been taken, and the record of its taking. */
    static final class Taken<T> {
        private long record;
        private Incoming message;
        private boolean busy;
        private T value;

        Taken() {}

        private Taken(long record) {
            this.record = record;
        }

        T value() {
            return value;
        }
    }

    /** Takes what is there, up to {@code max}, in one word. */
    int drainTo(Collection<? super T> into, int max) {
        int limit = Math.min(max, ring.size());
        if (limit == 0 || !ring.beginTake(Deadline.in(Outbox.PATIENCE_NANOS))) {
            return 0;
        }
        Incoming[] messages = new Incoming[limit];
        long[] records = new long[limit];
        int count = 0;
        try {
            while (count < limit) {
                Incoming message = new Incoming();
                // Published before the batch happens: killed in it, each of them is a pending take.
                if (!ring.read(message)) {
                    break;
                }
                records[count] = beginTake();
                messages[count++] = message;
            }
            ring.commitTake();
        } catch (RegionException e) {
            throw new IpcException(e.getMessage(), e);
        } finally {
            ring.endTake();
        }
        RuntimeException undecodable = null;
        for (int i = 0; i < count; i++) {
            try {
                into.add(decode(records[i], messages[i]));
            } catch (RuntimeException e) {
                // One message that cannot be read must not take the others of its batch with it.
                undecodable = undecodable == null ? e : undecodable;
            }
        }
        if (undecodable != null) {
            throw undecodable;
        }
        return count;
    }

    /** Copies of all messages that are there now; they stay. */
    void copyTo(Collection<? super T> into, int max) {
        if (!ring.beginTake(Deadline.in(Outbox.PATIENCE_NANOS))) {
            return;
        }
        try {
            Incoming message = new Incoming();
            for (int i = 0; i < max && ring.read(message); i++) {
                into.add(codec.decode(message));
            }
        } catch (RegionException e) {
            throw new IpcException(e.getMessage(), e);
        } finally {
            ring.endTake();
        }
    }

    /** Wakes whoever waits at the other side for room, so that it notices that none will come. */
    void wakeSenders() {
        ring.notFull().wakeAll();
    }

    /** Wakes whoever waits for a message, so that it notices that none will come. */
    void wakeReceivers() {
        ring.notEmpty().wakeAll();
    }

    int size() {
        return ring.size();
    }

    int capacity() {
        return ring.capacity();
    }
}
