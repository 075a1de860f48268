package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A message of an acknowledged queue that this process has received, and works on until it says so:
 *
 * <pre>{@code
 * try (Delivery<Job> delivery = queue.receive()) {
 *     work(delivery.value());
 *     delivery.done();
 * }                                 // not done, because of an exception: somebody gets it again
 * }</pre>
 *
 * <p>If the process dies before {@link #done()}, or its {@link Ipc} is closed, another one gets the message, marked as
 * {@link #redelivered()}: it may have been worked on, wholly, in part, or not at all. So each message is worked on at least
 * once. Any thread of the process may say that it is done.
 *
 * @param <T> what was put
 */
public final class Delivery<T> implements AutoCloseable {

    private final T value;
    private final IpcQueue<T> queue;
    private final AcknowledgedRing.Handed handed;
    private final AtomicBoolean over = new AtomicBoolean();

    Delivery(T value, IpcQueue<T> queue, AcknowledgedRing.Handed handed) {
        this.value = value;
        this.queue = queue;
        this.handed = handed;
    }

    /**
     * The message.
     *
     * @return what was put, never null
     */
    public T value() {
        return value;
    }

    /**
     * Whether it was delivered before, to a process that died with it or gave it back.
     *
     * @return whether {@link #deliveries()} is more than 1
     */
    public boolean redelivered() {
        return deliveries() > 1;
    }

    /**
     * How often it was delivered, this time included. A message that kills whoever works on it comes again and again:
     * who sees a large number here may put it aside, and say that it is done.
     *
     * @return 1 or more
     */
    public int deliveries() {
        return handed.times();
    }

    /**
     * Says that the work is done: the message leaves the queue for good. Saying it twice does nothing, nor does saying
     * it after {@link #giveBack()}. Killed in it, the process has said it or not. It does not wait, but gives up to 0.1
     * s to another process that is in the middle of the queue, where room is to be made.
     *
     * @throws IllegalStateException if the {@link Ipc} was closed, which has given it back
     * @throws IpcException if the memory underneath fails
     */
    public void done() {
        if (over.compareAndSet(false, true)) {
            queue.done(handed);
        }
    }

    /**
     * Says that somebody else is to do it: the message is delivered again, before those that wait, perhaps to this
     * process. What a thread did before it happens-before what another does after it has received the message again, in
     * memory that both can see. After {@link #done()} it does nothing. Killed in it, the process has given it back all
     * the same.
     *
     * @throws IllegalStateException if the {@link Ipc} was closed, which has given it back
     */
    public void giveBack() {
        if (over.compareAndSet(false, true)) {
            queue.giveBack(handed);
        }
    }

    /** Gives it back if it is not done. Closing after the {@link Ipc}, which has given it back, does nothing. */
    @Override
    public void close() {
        if (!queue.isClosed()) {
            giveBack();
        }
    }

    @Override
    public String toString() {
        return "Delivery[" + value + (redelivered() ? ", delivery " + deliveries() + "]" : "]");
    }
}
