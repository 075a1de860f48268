package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.Incoming;
import io.github.ipcharness.ipc.memory.MessageSource;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.SpillFiles;
import io.github.ipcharness.ipc.memory.WaitPoint;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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

    private static final long PROBE_NANOS = 10_000_000;

    private final MessageSource ring;
    private final Codec<T> codec;
    private final ObjectLog log;
    private final Operation receive;
    private final int flags;
    private volatile long lastProbe = System.nanoTime() - PROBE_NANOS;

    Inbox(MessageSource ring, Codec<T> codec, ObjectLog log, Operation receive, int flags) {
        this.ring = ring;
        this.codec = codec;
        this.log = log;
        this.receive = receive;
        this.flags = flags;
    }

    /** Tries once; null if there is nothing. */
    T poll() {
        try {
            long call = log.beginLook();
            if (ring.isEmpty()) {
                log.endLook(call, receive, flags, 0, Outcome.EMPTY, 0, 0);
                return null;
            }
            Taken<T> taken = new Taken<>();
            taken.record = beginTake();
            Outcome outcome = Outcome.NO_EFFECT;
            try {
                if (ring.beginTake(Deadline.in(Outbox.PATIENCE_NANOS))) {
                    takeBegun(taken);
                    outcome = Outcome.EMPTY;
                }
            } finally {
                finishTake(taken, outcome);
            }
            return taken.value;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
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
        try {
            if (log.isOn() && Deadline.isOver(deadline) && !peers.areGone(isProbeDue()) && isEmptyAtALook()) {
                return Nothing.YET;
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
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /** Who asks again and again without waiting only looks, as far as the history is concerned. */
    private boolean isEmptyAtALook() {
        long call = log.beginLook();
        if (!ring.isEmpty()) {
            return false;
        }
        log.endLook(call, receive, flags, 0, Outcome.EMPTY, 0, 0);
        return true;
    }

    private Nothing takeWaiting(Taken<T> into, long deadline, Peers peers) throws InterruptedException {
        try (Waiting waiting = new Waiting(ring.notEmpty())) {
            while (true) {
                // Whoever says that no more will come says so after the last message: look at the ring once more.
                boolean lost = peers.areGone(waiting.isTimeToProbe());
                boolean inTime = !lost && waiting.pauseInterruptibly(deadline);
                // Who never waits long enough to ask the kernel must learn of a death as well.
                lost = lost || !inTime && peers.areGone(isProbeDue());
                into.busy = false;
                if (!ring.isEmpty()) {
                    takeOnce(into, deadline);
                }
                if (into.message != null) {
                    waiting.succeeded();
                    ring.passOnMessages(waiting.hasLainDown());
                    return null;
                }
                if (!inTime) {
                    // If the ring was busy it may hold messages, whoever is gone.
                    return lost && !into.busy ? Nothing.EVER : Nothing.YET;
                }
            }
        }
    }

    private boolean isProbeDue() {
        long now = System.nanoTime();
        if (now - lastProbe < PROBE_NANOS) {
            return false;
        }
        lastProbe = now;
        return true;
    }

    private long beginTake() {
        return log.begin(receive, flags, 0, 0, 0);
    }

    private void takeOnce(Taken<T> into, long deadline) throws InterruptedException {
        into.busy = !ring.beginTakeInterruptibly(deadline);
        if (!into.busy) {
            takeBegun(into);
        }
    }

    private void takeBegun(Taken<T> into) {
        try {
            Incoming message = new Incoming();
            if (ring.read(message)) {
                if (into.keeper == null) {
                    ring.commitTake();
                } else {
                    into.handed = into.keeper.commitHandOut();
                }
                into.message = message;
            }
        } finally {
            ring.endTake();
        }
    }

    private void finishTake(Taken<T> taken, Outcome otherwise) {
        if (taken.message == null) {
            log.end(taken.record, otherwise);
            return;
        }
        if (taken.handed == null) {
            taken.value = decode(taken.record, taken.message);
            return;
        }
        boolean decoded = false;
        try {
            taken.value = decodeKept(taken.record, taken.message);
            decoded = true;
        } finally {
            if (!decoded) {
                // Who cannot read it cannot say that it is done: as in any queue, it costs one message.
                taken.keeper.done(taken.handed);
            }
        }
    }

    private T decode(long record, Incoming message) {
        if (message.spillNumber() != SpillFiles.NONE) {
            CrashPoint.SPILL_TAKEN.reach();
            ring.spill().delete(message.spillNumber());
        }
        return decodeKept(record, message);
    }

    private T decodeKept(long record, Incoming message) {
        int sum = log.checksum(message);
        T value;
        try {
            value = decoded(message);
        } catch (RuntimeException | Error e) {
            // Taken it is, whatever the user's codec thinks of it.
            log.endReceive(record, message, sum);
            throw e;
        }
        log.endReceive(record, codec, value, message, sum);
        return value;
    }

    private T decoded(Incoming message) {
        T value = codec.decode(message);
        if (value == null) {
            throw new IpcException("codec " + codec + " made null of a message of " + message.length() + " bytes");
        }
        return value;
    }

    /** A message that has been taken, and the record of its taking. */
    static final class Taken<T> {
        private long record;
        private Incoming message;
        private boolean busy;
        private T value;
        /** Who remembers that this participant works on it, and what it remembers; null if it is taken for good. */
        private final AcknowledgedRing keeper;

        private AcknowledgedRing.Handed handed;

        Taken() {
            this(null);
        }

        Taken(AcknowledgedRing keeper) {
            this.keeper = keeper;
        }

        T value() {
            return value;
        }

        AcknowledgedRing.Handed handed() {
            return handed;
        }
    }

    /** Takes what is there, up to {@code max}, in one word. */
    int drainTo(Collection<? super T> into, int max) {
        Incoming[] messages;
        long[] records;
        int count;
        try {
            int limit = Math.min(max, ring.size());
            messages = new Incoming[limit];
            records = new long[limit];
            if (limit == 0 || !ring.beginTake(Deadline.in(Outbox.PATIENCE_NANOS))) {
                return 0;
            }
            count = takeBatch(messages, records);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
        List<T> values = new ArrayList<>(count);
        Throwable undecodable = null;
        for (int i = 0; i < count; i++) {
            try {
                values.add(decode(records[i], messages[i]));
            } catch (RuntimeException | Error e) {
                // One message that cannot be read must not take the others of its batch with it.
                undecodable = undecodable == null ? e : undecodable;
            }
        }
        // All at once: to store a reference in an object that has been there for long costs the collector a fence.
        into.addAll(values);
        if (undecodable instanceof Error error) {
            throw error;
        }
        if (undecodable != null) {
            throw (RuntimeException) undecodable;
        }
        return count;
    }

    private int takeBatch(Incoming[] messages, long[] records) {
        int count = 0;
        boolean done = false;
        try {
            while (count < messages.length) {
                Incoming message = new Incoming();
                if (!ring.read(message)) {
                    break;
                }
                // Published before the batch happens: killed in it, each of them is a pending take.
                records[count] = beginTake();
                messages[count++] = message;
            }
            ring.commitTake();
            done = true;
        } finally {
            ring.endTake();
            for (int i = 0; i < count && !done; i++) {
                log.end(records[i], Outcome.NO_EFFECT);
            }
        }
        return count;
    }

    /** Copies of all messages that are there now; they stay. */
    void copyTo(Collection<? super T> into, int max) {
        List<Incoming> copies = new ArrayList<>();
        try {
            if (!ring.beginTake(Deadline.in(Outbox.PATIENCE_NANOS))) {
                return;
            }
            try {
                Incoming message = new Incoming();
                while (copies.size() < max && ring.read(message)) {
                    copies.add(message);
                    message = new Incoming();
                }
            } finally {
                ring.endTake();
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
        for (Incoming copy : copies) {
            into.add(decoded(copy));
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

    /** Where one waits for a message. */
    WaitPoint notEmpty() {
        return ring.notEmpty();
    }

    int size() {
        return ring.size();
    }

    /** Messages that take up room. */
    int used() {
        return ring.used();
    }

    int capacity() {
        return ring.capacity();
    }
}
