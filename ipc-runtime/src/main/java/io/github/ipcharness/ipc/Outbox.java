package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.Outgoing;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.Collection;
import java.util.List;

/**
 * The sending side of a ring, with a codec, deadlines and a history.
 *
 * <p>A message is encoded before the ring is locked, so a slow codec of the user's keeps no other process waiting.
 */
final class Outbox<T> {

    /** How long a call that must not wait waits for another process that is in the middle of the ring. */
    static final long PATIENCE_NANOS = 100_000_000;

    private final String owner;
    private final MessageRing ring;
    private final Codec<T> codec;
    private final ObjectLog log;
    private final Operation send;
    private final int flags;
    private final Outcome full;
    private volatile boolean closed;

    /** @param owner what people call the object that this is part of */
    Outbox(String owner, MessageRing ring, Codec<T> codec, ObjectLog log, Operation send, int flags) {
        this(owner, ring, codec, log, send, flags, send == Operation.PUT ? Outcome.FULL : Outcome.NO_EFFECT);
    }

    /** @param full what is recorded where the ring has as many messages as it may hold */
    Outbox(String owner, MessageRing ring, Codec<T> codec, ObjectLog log, Operation send, int flags, Outcome full) {
        this.full = full;
        this.owner = owner;
        this.ring = ring;
        this.codec = codec;
        this.log = log;
        this.send = send;
        this.flags = flags;
    }

    /** Tries once. */
    boolean offer(T value) {
        try {
            Outgoing message = encode(value);
            long record = begin(message, value);
            MessageRing.Put result = MessageRing.Put.BUSY;
            try {
                if (ring.beginPut(Deadline.in(PATIENCE_NANOS))) {
                    result = putBegun(message);
                }
            } finally {
                finishPut(record, message, result);
            }
            return result == MessageRing.Put.DONE;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * Waits for room until the deadline.
     *
     * @return false if there was none, or whoever would take it is gone
     */
    boolean put(T value, long deadline, Peers peers) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            Outgoing message = encode(value);
            long record = begin(message, value);
            MessageRing.Put result = MessageRing.Put.BUSY;
            try {
                result = putOnce(message, deadline);
                if (result != MessageRing.Put.DONE) {
                    result = putWaiting(message, deadline, peers, result);
                }
            } finally {
                finishPut(record, message, result);
            }
            return result == MessageRing.Put.DONE;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private MessageRing.Put putWaiting(Outgoing message, long deadline, Peers peers, MessageRing.Put first)
            throws InterruptedException {
        MessageRing.Put result = first;
        try (Waiting waiting = new Waiting(ring.notFull())) {
            boolean inTime = true;
            while (inTime && !peers.areGone(waiting.isTimeToProbe())) {
                inTime = waiting.pauseInterruptibly(deadline);
                if (inTime && !ring.hasRoomFor(message)) {
                    continue;
                }
                result = putOnce(message, deadline);
                if (result == MessageRing.Put.DONE) {
                    waiting.succeeded();
                    ring.passOnRoom(waiting.hasLainDown());
                    break;
                }
            }
        }
        return result;
    }

    /** Lets nothing pass any more: after this, each put has either happened or will be refused. */
    void close(Runnable announce) {
        closed = true;
        // Whoever is in the ring at this moment finishes first; whoever comes later sees that it is closed.
        boolean alone = ring.beginPut(Deadline.in(PATIENCE_NANOS));
        try {
            announce.run();
        } finally {
            if (alone) {
                ring.endPut();
            }
        }
    }

    /** Wakes this participant's own threads (and others) that wait for room. */
    void wakeSenders() {
        ring.notFull().wakeAll();
    }

    /** Wakes whoever waits at the other side for a message, so that it notices that none will come. */
    void wakeReceivers() {
        ring.notEmpty().wakeAll();
    }

    private Outgoing encode(T value) {
        Outgoing message = codec.encode(value, log.nextIdentity());
        if (!ring.isTooLarge(message.length())) {
            return message;
        }
        return message.spilled(ring.spill().write(message.toBytes()), log.isOn() ? message.checksum() : 0);
    }

    private long begin(Outgoing message, T value) {
        try {
            return log.beginSend(send, flags, codec, value, message.identity(), log.isOn() ? message.checksum() : 0);
        } catch (RuntimeException | Error e) {
            ring.spill().delete(message.spillNumber());
            throw e;
        }
    }

    private MessageRing.Put putOnce(Outgoing message, long deadline) throws InterruptedException {
        return ring.beginPutInterruptibly(deadline) ? putBegun(message) : MessageRing.Put.BUSY;
    }

    private MessageRing.Put putBegun(Outgoing message) {
        try {
            requireNotClosed();
            MessageRing.Put result = ring.write(message);
            if (result == MessageRing.Put.DONE) {
                ring.commitPut();
            }
            return result;
        } finally {
            ring.endPut();
        }
    }

    private void requireNotClosed() {
        if (closed) {
            throw new IllegalStateException(owner + " is closed");
        }
    }

    private void finishPut(long record, Outgoing message, MessageRing.Put result) {
        switch (result) {
            case DONE -> log.end(record, Outcome.OK);
            case FULL -> log.end(record, full);
            // Bytes, not messages, were short, or the ring was busy: nothing that a check could use.
            case NO_SPACE, BUSY -> log.end(record, Outcome.NO_EFFECT);
        }
        if (result != MessageRing.Put.DONE) {
            ring.spill().delete(message.spillNumber());
        }
    }

    /**
     * Puts all of them in order, as many at a time as there is room for, each such batch made to happen in one word.
     *
     * @return how many were put when those who would take them were gone; otherwise all
     */
    int putAll(Collection<? extends T> values, Peers peers) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        List<? extends T> all = List.copyOf(values);
        Batch batch = new Batch(all.size());
        try {
            for (int i = 0; i < all.size(); i++) {
                Outgoing message = encode(all.get(i));
                batch.records[i] = begin(message, all.get(i));
                batch.messages[i] = message;
            }
            while (batch.done < all.size() && putSomeWaiting(batch, peers)) {
                // Each turn puts what there is room for.
                CrashPoint.PUT_STEP_DONE.reach();
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        } finally {
            for (int i = batch.done; i < all.size() && batch.messages[i] != null; i++) {
                finishPut(batch.records[i], batch.messages[i], MessageRing.Put.BUSY);
            }
        }
        return batch.done;
    }

    /** False if those who would make room are gone. */
    private boolean putSomeWaiting(Batch batch, Peers peers) throws InterruptedException {
        if (putSome(batch)) {
            return true;
        }
        try (Waiting waiting = new Waiting(ring.notFull())) {
            while (!peers.areGone(waiting.isTimeToProbe())) {
                waiting.pauseInterruptibly(Deadline.NEVER);
                if (ring.hasRoomFor(batch.messages[batch.done]) && putSome(batch)) {
                    waiting.succeeded();
                    ring.passOnRoom(waiting.hasLainDown());
                    return true;
                }
            }
            return false;
        }
    }

    private boolean putSome(Batch batch) throws InterruptedException {
        int first = batch.done;
        int next = first;
        if (!ring.beginPutInterruptibly(Deadline.NEVER)) {
            return false;
        }
        try {
            requireNotClosed();
            while (next < batch.messages.length && ring.write(batch.messages[next]) == MessageRing.Put.DONE) {
                next++;
            }
            ring.commitPut();
            batch.done = next;
        } finally {
            ring.endPut();
        }
        for (int i = first; i < next; i++) {
            log.end(batch.records[i], Outcome.OK);
        }
        return next > first;
    }

    private static final class Batch {
        private final Outgoing[] messages;
        private final long[] records;
        private int done;

        Batch(int size) {
            messages = new Outgoing[size];
            records = new long[size];
        }
    }
}
