package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * A {@code long} that processes share: {@code multiprocessing.Value}.
 *
 * <p>Every method but {@link #awaitChange} is atomic, and has the memory effects of a volatile access
 * ({@code getVolatile}, {@code setVolatile}, {@code compareAndSet}, {@code getAndSet}, {@code getAndAdd} of
 * {@link java.lang.invoke.VarHandle}), as in {@link java.util.concurrent.atomic.AtomicLong}: what a thread did before
 * it changed the value happens-before what another does after it has seen that change, in memory that both can see.
 * None of them waits for another process.
 *
 * <p><b>Crashes.</b> A process killed in the middle of a method leaves it either done or not done; who waits for a
 * change, and was not woken because of that, looks again within 50 ms (200 ms, if it has waited for more than a
 * second). One that is stopped (SIGSTOP) keeps nobody waiting.
 *
 * <p>Methods throw {@link IllegalStateException} once the {@link Ipc} is closed, also while they wait, and
 * {@link IpcException} where an operation cannot be recorded, or where the memory underneath fails while they wait.
 */
public final class SharedLong extends SharedNumber {

    SharedLong(LongCells cells) {
        super(cells);
    }

    /**
     * The value now.
     *
     * @return the value
     */
    public long get() {
        return value(0);
    }

    /**
     * Sets the value.
     *
     * @param value the new one
     */
    public void set(long value) {
        cells.set(0, value);
    }

    /**
     * Sets the value if it is {@code expected}; false if it is another one.
     *
     * @param expected what it must be
     * @param value the new one
     * @return whether it was set
     */
    public boolean compareAndSet(long expected, long value) {
        return cells.compareAndSet(0, expected, value);
    }

    /**
     * Sets the value and returns the one before it.
     *
     * @param value the new one
     * @return the one before
     */
    public long getAndSet(long value) {
        return cells.getAndSet(0, value);
    }

    /**
     * Adds, wrapping round on overflow, and returns the value before.
     *
     * @param delta what is added
     * @return the value before
     */
    public long getAndAdd(long delta) {
        return getAndAdd(delta, 0);
    }

    /**
     * Adds, wrapping round on overflow, and returns the value after.
     *
     * @param delta what is added
     * @return the value after
     */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1, wrapping round on overflow.
     *
     * @return the value before
     */
    public long getAndIncrement() {
        return getAndAdd(1);
    }

    /**
     * Adds 1, wrapping round on overflow.
     *
     * @return the value after
     */
    public long incrementAndGet() {
        return addAndGet(1);
    }

    /**
     * Takes 1 away, wrapping round on overflow.
     *
     * @return the value before
     */
    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    /**
     * Takes 1 away, wrapping round on overflow.
     *
     * @return the value after
     */
    public long decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Applies the function, which may be called again if another thread was faster, and returns the value before.
     *
     * @param update without side effects; what it throws is passed on, and nothing has changed then
     * @return the value before
     */
    public long getAndUpdate(LongUnaryOperator update) {
        while (true) {
            long before = get();
            if (compareAndSet(before, update.applyAsLong(before))) {
                return before;
            }
        }
    }

    /**
     * Applies the function, which may be called again if another thread was faster, and returns the value after.
     *
     * @param update without side effects; what it throws is passed on, and nothing has changed then
     * @return the value after
     */
    public long updateAndGet(LongUnaryOperator update) {
        while (true) {
            long before = get();
            long after = update.applyAsLong(before);
            if (compareAndSet(before, after)) {
                return after;
            }
        }
    }

    /**
     * Waits until the value is another one than {@code old}. A value that changes and changes back in the meantime may
     * be missed.
     *
     * @param old what the value was
     * @param timeout how long at most
     * @return the value then, or {@code old} if the time was over first
     * @throws InterruptedException if it has to wait, and is interrupted before or while waiting
     */
    public long awaitChange(long old, Duration timeout) throws InterruptedException {
        return cells.awaitChange(0, old, timeout);
    }

    @Override
    public String toString() {
        return Long.toString(cells.peek());
    }
}
