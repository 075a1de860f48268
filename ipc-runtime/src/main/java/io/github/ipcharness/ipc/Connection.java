package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.PipeEnds;
import io.github.ipcharness.ipc.memory.RegionException;
import java.time.Duration;
import java.util.Objects;

/**
 * One end of a duplex pipe: {@code multiprocessing.Pipe}, between any two processes.
 *
 * <p>Each direction is a bounded first-in-first-out stream of its own, so both ends may send as much as they like at
 * the same time. Any number of threads of the process may use the end at once; each message is received by one of them.
 * Either end may be opened first, and may send before the other is there.
 *
 * <p><b>Room.</b> 65,536 bytes may wait in each direction. A message needs 8 more than it has, or 16 where the
 * namespace records, and is padded to a multiple of 8; one of more than 65,520 bytes lies in a file beside the pipe
 * until it is received. What a message costs on its way is said at {@link IpcQueue}.
 *
 * <p><b>End.</b> Once the other end is closed, or its process has died, {@link #receive()} hands out what had been sent
 * and then throws {@link EndOfStreamException}, for good. {@link #send} throws {@link PeerClosedException} once the
 * other end is closed; to a process that has died, or closed its {@link Ipc}, it sends in vain as long as there is
 * room, and throws when it would have to wait. A death is noticed within about 50 ms of waiting (200 ms, if it has
 * waited for more than a second). What the closed end had not received is lost.
 *
 * <p><b>Crashes.</b> A process killed inside a send has sent the message whole or not at all. A message may be lost
 * whose receiver is killed before {@code receive} returned. A process that is stopped (SIGSTOP), wherever it is, keeps
 * nobody at the other end from sending, as long as there is room, or from receiving what was sent, nor from closing,
 * unless it is opening or closing its own end.
 *
 * <p>What a thread did before a send happens-before what another does after the receive that gives that message, in
 * memory that both can see.
 *
 * <p>What a codec throws is passed on: nothing was sent then; but what cannot be decoded has been received. Methods
 * throw {@link IpcException} where the memory underneath fails, has no room for a message larger than the pipe, or an
 * operation cannot be recorded, and {@link IllegalStateException} once this end or the {@link Ipc} is closed, also
 * those that wait.
 *
 * @param <T> what is sent; turned into bytes by the codec, in the caller's thread
 */
public final class Connection<T> implements AutoCloseable, Waitable {

    private final String name;
    private final End end;
    private final Ipc ipc;
    private final PipeEnds ends;
    private final Outbox<T> outbox;
    private final Inbox<T> inbox;
    private final ObjectLog log;
    private final Peers peer;
    private volatile boolean ended;
    private volatile boolean closed;

    Connection(String name, End end, Ipc ipc, PipeEnds ends, Outbox<T> outbox, Inbox<T> inbox, ObjectLog log) {
        this.name = name;
        this.end = end;
        this.ipc = ipc;
        this.ends = ends;
        this.outbox = outbox;
        this.inbox = inbox;
        this.log = log;
        this.peer = probe -> {
            ensureOpen();
            return ends.isGone(end.other().ordinal(), probe);
        };
    }

    /**
     * Sends, waiting for room without limit. That it returns does not mean that anybody has received it.
     *
     * @param value not null
     * @throws PeerClosedException if the other end is gone; the message is not sent
     * @throws InterruptedException if interrupted before or while waiting; the message is not sent
     */
    public void send(T value) throws InterruptedException {
        sendUntil(value, Deadline.NEVER);
    }

    /**
     * Sends, waiting for room at most so long.
     *
     * @param value not null
     * @param timeout how long at most
     * @return false if there was none; the message is not sent then
     * @throws PeerClosedException if the other end is gone; the message is not sent
     * @throws InterruptedException if interrupted before or while waiting; the message is not sent
     */
    public boolean send(T value, Duration timeout) throws InterruptedException {
        return sendUntil(value, Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private boolean sendUntil(T value, long deadline) throws InterruptedException {
        Objects.requireNonNull(value, "null cannot be sent");
        ensureOpen();
        if (isPeerGone(false)) {
            throw peerClosed();
        }
        boolean sent = outbox.put(value, deadline, peer);
        if (!sent && isPeerGone(true)) {
            throw peerClosed();
        }
        return sent;
    }

    private PeerClosedException peerClosed() {
        return new PeerClosedException("end " + end.other() + " of pipe '" + name + "' is closed, or its process died");
    }

    /**
     * Waits for a message without limit.
     *
     * @return the message
     * @throws EndOfStreamException if the other end is gone and all that it sent has been received
     * @throws InterruptedException if interrupted before or while waiting; nothing was received then
     */
    public T receive() throws InterruptedException {
        return receiveUntil(Deadline.NEVER);
    }

    /**
     * Waits for a message at most so long.
     *
     * @param timeout how long at most
     * @return null if the time is over
     * @throws EndOfStreamException if the other end is gone and all that it sent has been received
     * @throws InterruptedException if interrupted before or while waiting; nothing was received then
     */
    public T receive(Duration timeout) throws InterruptedException {
        return receiveUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private T receiveUntil(long deadline) throws InterruptedException {
        ensureOpen();
        Inbox.Taken<T> taken = new Inbox.Taken<>();
        if (ended || inbox.take(taken, deadline, peer, Outcome.CLOSED) == Inbox.Nothing.EVER) {
            ended = true;
            throw new EndOfStreamException(
                    "end " + end.other() + " of pipe '" + name + "' is closed, or its process died");
        }
        return taken.value();
    }

    /**
     * A message if one is there now, else null, also at the end of the stream. It waits for nothing but another thread
     * of this process that is receiving, and for that 0.1 s at most.
     *
     * @return the message, or null
     */
    public T poll() {
        ensureOpen();
        return ended ? null : inbox.poll();
    }

    @Override
    public boolean isReady() {
        try {
            return isReady(true);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private boolean isReady(boolean probe) {
        // Whether it is open is asked here.
        boolean gone = peer.areGone(probe);
        return gone || ended || inbox.size() > 0;
    }

    Readiness readiness() {
        return Readiness.of(ipc, inbox.notEmpty(), this::isReady);
    }

    private boolean isPeerGone(boolean probe) {
        try {
            return peer.areGone(probe);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private void ensureOpen() {
        ipc.ensureOpen();
        if (closed) {
            throw new IllegalStateException("end " + end + " of pipe '" + name + "' is closed");
        }
    }

    /**
     * Its name in the namespace.
     *
     * @return the pipe's name
     */
    public String name() {
        return name;
    }

    /**
     * Which end this is.
     *
     * @return the end that was opened
     */
    public End end() {
        return end;
    }

    /**
     * Says that this end will neither send nor receive any more. What it has sent can still be received. Closing twice
     * does nothing, nor does closing after the {@link Ipc}, which has closed it. Threads that still wait in it throw
     * {@link IllegalStateException}. Nobody else can open this end while the other one is there.
     *
     * @throws IpcException if the memory underneath fails, or where it cannot be recorded
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (ipc.isClosed()) {
            return;
        }
        IpcException unrecorded = null;
        long record = ObjectLog.NO_RECORD;
        try {
            record = log.begin(Operation.CLOSE, ObjectLog.flags(end), 0, 0, 0);
        } catch (IpcException e) {
            // The other side waits for the end, whether or not it can be written down.
            unrecorded = e;
        }
        try {
            outbox.close(() -> ends.close(end.ordinal()));
            CrashPoint.PIPE_CLOSE_UNSAID.reach();
            log.end(record, Outcome.OK);
        } catch (RegionException e) {
            throw new IpcException(e);
        } catch (IllegalStateException e) {
            if (!ipc.isClosed()) {
                throw e;
            }
            // Closed by another thread meanwhile, and this end with it.
        } finally {
            outbox.wakeReceivers();
            inbox.wakeSenders();
            outbox.wakeSenders();
            inbox.wakeReceivers();
        }
        if (unrecorded != null) {
            throw unrecorded;
        }
    }

    @Override
    public String toString() {
        return "Connection[" + name + ", end " + end + (closed ? ", closed]" : "]");
    }
}
