package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.Senders;
import io.github.ipcharness.ipc.memory.TaskCount;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A bounded first-in-first-out queue between any number of producers and consumers, in any number of processes and
 * threads: {@code multiprocessing.Queue} as a {@link BlockingQueue}.
 *
 * <p><b>Order and memory.</b> The queue is linearizable: each put and take happens at one instant between its call and
 * its return, and messages leave in the order in which their puts happened. What a thread did before a put
 * happens-before what another does after the take that gives that message, in memory that both can see. There is no
 * order among those who wait. As in the two-lock queue of Michael and Scott (1996), of which
 * {@link java.util.concurrent.LinkedBlockingQueue} is a variant too, producers take turns under one lock and consumers
 * under another, so the two sides do not wait for each other unless it is full or empty.
 *
 * <p><b>Crashes.</b> A process that is killed at any instant leaves its put in flight either done or not done, never
 * half; what was put stays, whoever died. A message whose taker is killed before {@code take} returned may be lost with
 * it, and all those of a {@code drainTo}. Nothing has to be cleaned up: a turn that a dead process had is taken over
 * after about 10 ms, and who sleeps because a dead one could not wake it looks again within 50 ms (200 ms, if it has
 * waited for more than a second). A process that is stopped (SIGSTOP) in the middle of a put or take makes the others
 * on its side wait, until their timeouts, because it is not dead. Calls that do not wait ({@link #offer(Object)},
 * {@link #poll()}, {@link #peek()}, {@link #drainTo}, {@link #iterator()}) give it 0.1 s, and then do as if the queue
 * were full, or empty.
 *
 * <p><b>Tasks.</b> A queue made with {@link QueueOptions#acknowledged()} loses no message with its taker: what was
 * {@link #receive() received} stays in the queue until it is said to be done, and is delivered again if the process
 * dies before. {@link #take}, {@link #poll()} and {@link #drainTo} of such a queue say at once that it is done.
 * {@link #awaitDone} waits until all is done; {@link #taskDone} tells it in a queue that is not acknowledged.
 *
 * <p><b>End.</b> {@link #endOfStream()} says that this process will put no more; once every process that puts has said
 * so or is dead, and the queue is empty, {@link #take} and the timed {@link #poll(long, TimeUnit)} throw
 * {@link EndOfStreamException}. Before anybody has put or said so, it is not at its end. A process that comes later may
 * put all the same, and the stream goes on: {@link QueueOptions#withProducers} says how many to wait for. A death is
 * noticed within about 50 ms of waiting (200 ms, if it has waited for more than a second). There is no background
 * thread, and nothing to join before a process exits.
 *
 * <p><b>Cost.</b> A message is encoded, copied into shared memory, copied out into an array of the taker's own, and
 * decoded; one of up to eight bytes is a single word on its way. Codecs run while nobody waits for it. A message longer
 * than the ring's bytes less 16 lies in a file beside the ring until it is taken: that is two copies more, and a thread
 * started at either side; while one consumer reads it, the others wait.
 *
 * <p>At most 256 processes at a time put that live and have not ended. Null is not an element. Elements leave at the
 * front alone: {@code remove(Object)}, {@code removeIf} and the like throw {@link UnsupportedOperationException} where
 * they would remove one. What a codec throws is passed on: nothing was put then; but what cannot be decoded has been
 * taken. Methods throw {@link IpcException} where the memory underneath fails, has no room for a message larger than
 * the ring, or an operation cannot be recorded, and {@link IllegalStateException} once the {@link Ipc} is closed, also
 * those that wait, and where this process puts after {@link #endOfStream()}.
 *
 * @param <T> what is put; turned into bytes by the codec, in the caller's thread
 */
public final class IpcQueue<T> extends AbstractQueue<T> implements BlockingQueue<T>, Waitable {

    private final String name;
    private final Ipc ipc;
    private final Outbox<T> outbox;
    private final Inbox<T> inbox;
    private final Senders senders;
    /** A producer waits for whoever may come, and a consumer for whoever has not ended; neither once this is closed. */
    private final Peers takers;

    private final Peers putters;
    private final TaskCount tasks;
    /** Who works on what; null if the queue keeps no account of that. */
    private final AcknowledgedRing keeper;

    IpcQueue(
            String name,
            Ipc ipc,
            Outbox<T> outbox,
            Inbox<T> inbox,
            Senders senders,
            TaskCount tasks,
            AcknowledgedRing keeper) {
        this.name = name;
        this.ipc = ipc;
        this.outbox = outbox;
        this.inbox = inbox;
        this.senders = senders;
        this.takers = probe -> {
            ipc.ensureOpen();
            return false;
        };
        this.tasks = tasks;
        this.keeper = keeper;
        this.putters = keeper != null
                ? this::isAllOver
                : probe -> {
                    ipc.ensureOpen();
                    return senders.areOver(probe);
                };
    }

    /** A worker that dies leaves its tasks to others: the stream is not over before they are done. */
    private boolean isAllOver(boolean probe) {
        ipc.ensureOpen();
        if (probe) {
            keeper.probe();
        }
        return senders.areOver(probe) && keeper.isOver();
    }

    /**
     * Waits for room, without limit.
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing was put then
     * @throws IpcException also if 256 other living processes put
     */
    @Override
    public void put(T value) throws InterruptedException {
        beforePut(value);
        outbox.put(value, Deadline.NEVER, takers);
    }

    /** Puts if there is room now, in messages and in bytes; false if not. */
    @Override
    public boolean offer(T value) {
        beforePut(value);
        return outbox.offer(value);
    }

    /**
     * Waits for room at most so long; false if there was none.
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing was put then
     */
    @Override
    public boolean offer(T value, long timeout, TimeUnit unit) throws InterruptedException {
        beforePut(value);
        return outbox.put(value, Deadline.in(unit.toNanos(timeout)), takers);
    }

    /**
     * Puts all of them, in order, waiting for room without limit; as many as there is room for are put in one step,
     * which is several times faster than one by one. Other producers' elements may come between the steps. If it is
     * interrupted, or its process killed, those of the steps before were put, and none of the others. All are encoded
     * before the first is put, so they take up memory at once, or disk where they are larger than the ring.
     *
     * @param values none of them null
     * @throws InterruptedException if interrupted before or while waiting
     * @throws NullPointerException if one of them is null; nothing was put then
     */
    public void putAll(Collection<? extends T> values) throws InterruptedException {
        if (values.isEmpty()) {
            return;
        }
        beforePut(values);
        outbox.putAll(values, takers);
    }

    private void beforePut(Object value) {
        Objects.requireNonNull(value, "null cannot be put");
        ipc.ensureOpen();
        boolean mayPut;
        try {
            mayPut = senders.enter();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
        if (!mayPut) {
            throw new IllegalStateException("this process has said endOfStream() to queue '" + name + "'");
        }
    }

    /**
     * Waits for an element, without limit.
     *
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken then
     * @throws EndOfStreamException if there is none and never will be
     */
    @Override
    public T take() throws InterruptedException {
        return takeUntil(Deadline.NEVER);
    }

    /**
     * Waits for an element at most so long.
     *
     * @return null if the time is over
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken then
     * @throws EndOfStreamException if there is none and never will be
     */
    @Override
    public T poll(long timeout, TimeUnit unit) throws InterruptedException {
        return takeUntil(Deadline.in(unit.toNanos(timeout)));
    }

    private T takeUntil(long deadline) throws InterruptedException {
        ipc.ensureOpen();
        Inbox.Taken<T> taken = new Inbox.Taken<>();
        takeInto(taken, deadline);
        return taken.value();
    }

    private void takeInto(Inbox.Taken<T> taken, long deadline) throws InterruptedException {
        if (inbox.take(taken, deadline, putters, Outcome.EMPTY) == Inbox.Nothing.EVER) {
            throw new EndOfStreamException("queue '" + name + "' is drained, and whoever put into it has ended");
        }
    }

    /** Takes an element if there is one now; else null, also at the end of the stream. */
    @Override
    public T poll() {
        ipc.ensureOpen();
        return inbox.poll();
    }

    /** A copy of the element that would be taken next, or null; it costs as much as taking it. */
    @Override
    public T peek() {
        ipc.ensureOpen();
        List<T> first = new ArrayList<>(1);
        inbox.copyTo(first, 1);
        return first.isEmpty() ? null : first.get(0);
    }

    /** As {@link #drainTo(Collection, int)}, without a limit. */
    @Override
    public int drainTo(Collection<? super T> into) {
        return drainTo(into, Integer.MAX_VALUE);
    }

    /**
     * Takes what is there, at most so many, in one step: several times faster than one by one. At the end of the stream
     * it takes nothing. If one of them cannot be decoded or added, the others are added all the same, and the first
     * exception is thrown then.
     *
     * @throws IllegalArgumentException if it is to be drained to itself
     */
    @Override
    public int drainTo(Collection<? super T> into, int max) {
        if (into == this) {
            throw new IllegalArgumentException("a queue cannot be drained to itself");
        }
        Objects.requireNonNull(into, "nothing to drain to");
        ipc.ensureOpen();
        return max <= 0 ? 0 : inbox.drainTo(into, max);
    }

    /**
     * Says that this process will put no more. It may be said before anything was put; to put after it is an
     * {@link IllegalStateException}. Saying it again does nothing.
     *
     * @throws IpcException also if 256 other living processes put, and this one has not
     */
    public void endOfStream() {
        ipc.ensureOpen();
        try {
            senders.end();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
        inbox.wakeReceivers();
    }

    // ---- tasks ----

    /**
     * Waits for a message without limit, and keeps account of it: it stays in the queue until it is said to be
     * {@link Delivery#done() done}. If the process that received it dies before, somebody else receives it, within
     * about 50 ms of waiting (200 ms, if it has waited for more than a second), before those that are new. A message
     * that cannot be decoded is said to be done.
     *
     * @return the message, to be said done
     * @throws InterruptedException if interrupted before or while waiting; nothing was received then
     * @throws EndOfStreamException if there is none and never will be: all that was put is done; or others still work
     *     on the last ones, and this process too has received something that is not done, which it had better go on
     *     with
     * @throws UnsupportedOperationException if the queue was not made with {@link QueueOptions#acknowledged()}
     */
    public Delivery<T> receive() throws InterruptedException {
        return receiveUntil(Deadline.NEVER);
    }

    /**
     * As {@link #receive()}, at most so long.
     *
     * @param timeout how long at most
     * @return null if the time is over
     * @throws InterruptedException if interrupted before or while waiting; nothing was received then
     */
    public Delivery<T> receive(Duration timeout) throws InterruptedException {
        return receiveUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private Delivery<T> receiveUntil(long deadline) throws InterruptedException {
        ipc.ensureOpen();
        if (keeper == null) {
            throw new UnsupportedOperationException("queue '" + name
                    + "' keeps no account of what was received: create it with QueueOptions.acknowledged()");
        }
        Inbox.Taken<T> taken = new Inbox.Taken<>(keeper);
        takeInto(taken, deadline);
        return taken.handed() == null ? null : new Delivery<>(taken.value(), this, taken.handed());
    }

    void done(AcknowledgedRing.Handed handed) {
        ipc.ensureOpen();
        try {
            requireOurs(keeper.done(handed));
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    void giveBack(AcknowledgedRing.Handed handed) {
        ipc.ensureOpen();
        requireOurs(keeper.giveBack(handed));
    }

    private void requireOurs(boolean ours) {
        if (!ours) {
            throw new IllegalStateException(
                    "closed meanwhile, and so the message of queue '" + name + "' is somebody else's");
        }
    }

    boolean isClosed() {
        return ipc.isClosed();
    }

    /**
     * Says that a task is done that was taken before, as {@code multiprocessing.JoinableQueue} has it;
     * {@link #awaitDone} waits until that was said of all. The queue does not know whose task it was: a worker that
     * dies before it says so is waited for in vain. A queue made with {@link QueueOptions#acknowledged()} knows, and
     * has the task done by another. Killed in it, the process has said it or not.
     *
     * @throws IllegalStateException if it was said of all that was put already
     * @throws UnsupportedOperationException if the queue is acknowledged: {@link Delivery#done()} says it there
     */
    public void taskDone() {
        ipc.ensureOpen();
        if (keeper != null) {
            throw new UnsupportedOperationException(
                    "queue '" + name + "' is acknowledged: say done() to the Delivery that receive() gave");
        }
        if (!tasks.done()) {
            throw new IllegalStateException(
                    "taskDone() was called more often than there were puts into queue '" + name + "'");
        }
    }

    /**
     * Messages that were put and not yet said to be done, at about this time.
     *
     * @return at most 268,435,455, beyond which it begins again at 0
     */
    public long unfinished() {
        ipc.ensureOpen();
        return keeper == null ? tasks.unfinished() : keeper.unfinished();
    }

    /**
     * Waits without limit until all that was put is done, by {@link #taskDone()} or {@link Delivery#done()}. What a
     * thread did before it said so happens-before what another does after this, in memory that both can see.
     *
     * @throws InterruptedException if interrupted before or while waiting
     */
    public void awaitDone() throws InterruptedException {
        awaitDoneUntil(Deadline.NEVER);
    }

    /**
     * As {@link #awaitDone()}, at most so long.
     *
     * @param timeout how long at most
     * @return whether all was done
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean awaitDone(Duration timeout) throws InterruptedException {
        return awaitDoneUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private boolean awaitDoneUntil(long deadline) throws InterruptedException {
        return keeper == null
                ? Awaiting.until(() -> tasks.unfinished() == 0, tasks.allDone(), deadline, ipc)
                : Awaiting.until(keeper::isAllDone, keeper::probe, tasks.allDone(), deadline, ipc);
    }

    /**
     * Whether the queue is empty and nobody is known who would put more, as far as can be told without waiting. It asks
     * the kernel about each process that has put and not ended.
     *
     * @return whether a take would throw {@link EndOfStreamException} now
     */
    public boolean isEndOfStream() {
        ipc.ensureOpen();
        try {
            return putters.areGone(true) && inbox.size() == 0;
        } catch (RegionException e) {
            throw new IpcException(e);
        }
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
        return putters.areGone(probe) || inbox.size() > 0;
    }

    Readiness readiness() {
        return Readiness.of(ipc, inbox.notEmpty(), this::isReady);
    }

    /**
     * Elements in the queue at some instant during the call; in an acknowledged queue those that wait, without those
     * that are being worked on.
     */
    @Override
    public int size() {
        ipc.ensureOpen();
        return inbox.size();
    }

    /**
     * How many more elements the queue may hold, if their bytes have room. In an acknowledged queue those that are
     * being worked on take up room as well.
     */
    @Override
    public int remainingCapacity() {
        ipc.ensureOpen();
        return inbox.capacity() - inbox.used();
    }

    /**
     * How many elements the queue may hold.
     *
     * @return 1 to 134,217,728
     */
    public int capacity() {
        return inbox.capacity();
    }

    /**
     * Its name in the namespace.
     *
     * @return what it was opened by
     */
    public String name() {
        return name;
    }

    /** Over copies of the elements that are there now, all of them made and decoded by this call; it cannot remove. */
    @Override
    public Iterator<T> iterator() {
        ipc.ensureOpen();
        List<T> copies = new ArrayList<>();
        inbox.copyTo(copies, Integer.MAX_VALUE);
        return Collections.unmodifiableList(copies).iterator();
    }

    @Override
    public String toString() {
        return "IpcQueue[" + name + ", " + inbox.size() + " of " + inbox.capacity() + "]";
    }
}
