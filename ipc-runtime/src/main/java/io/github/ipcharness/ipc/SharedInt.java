package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.IntUnaryOperator;

/**
 * An {@code int} that processes share.
 *
 * <p>Every method but {@link #awaitChange} is atomic, and has the memory effects of a volatile access
 * ({@code getVolatile}, {@code setVolatile}, {@code compareAndSet}, {@code getAndSet}, {@code getAndAdd} of
 * {@link java.lang.invoke.VarHandle}), as in {@link java.util.concurrent.atomic.AtomicInteger}: what a thread did
 * before it changed the value happens-before what another does after it has seen that change, in memory that both can
 * see. None of them waits for another process.
 *
 * <p><b>Crashes.</b> A process killed in the middle of a method leaves it either done or not done; who waits for a
 * change, and was not woken because of that, looks again within 50 ms (200 ms, if it has waited for more than a
 * second). One that is stopped (SIGSTOP) keeps nobody waiting.
 *
 * <p>Methods throw {@link IllegalStateException} once the {@link Ipc} is closed, also while they wait, and
 * {@link IpcException} where an operation cannot be recorded, or where the memory underneath fails while they wait.
 */
public final class SharedInt extends SharedNumber {

    SharedInt(LongCells cells) {
        super(cells);
    }

    /**
     * The value now.
     *
     * @return the value
     */
    public int get() {
        return (int) value(Integer.SIZE);
    }

    /**
     * Sets the value.
     *
     * @param value the new one
     */
    public void set(int value) {
        cells.set(0, value);
    }

    /**
     * Sets the value if it is {@code expected}; false if it is another one.
     *
     * @param expected what it must be
     * @param value the new one
     * @return whether it was set
     */
    public boolean compareAndSet(int expected, int value) {
        return cells.compareAndSet(0, expected, value);
    }

    /**
     * Sets the value and returns the one before it.
     *
     * @param value the new one
     * @return the one before
     */
    public int getAndSet(int value) {
        return (int) cells.getAndSet(0, value);
    }

    /**
     * Adds, wrapping round on overflow, and returns the value before.
     *
     * @param delta what is added
     * @return the value before
     */
    public int getAndAdd(int delta) {
        return (int) getAndAdd(delta, Integer.SIZE);
    }

    /**
     * Adds, wrapping round on overflow, and returns the value after.
     *
     * @param delta what is added
     * @return the value after
     */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Adds 1, wrapping round on overflow.
     *
     * @return the value before
     */
    public int getAndIncrement() {
        return getAndAdd(1);
    }

    /**
     * Adds 1, wrapping round on overflow.
     *
     * @return the value after
     */
    public int incrementAndGet() {
        return addAndGet(1);
    }

    /**
     * Takes 1 away, wrapping round on overflow.
     *
     * @return the value before
     */
    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    /**
     * Takes 1 away, wrapping round on overflow.
     *
     * @return the value after
     */
    public int decrementAndGet() {
        return addAndGet(-1);
    }

    /**
     * Applies the function, which may be called again if another thread was faster, and returns the value before.
     *
     * @param update without side effects; what it throws is passed on, and nothing has changed then
     * @return the value before
     */
    public int getAndUpdate(IntUnaryOperator update) {
        while (true) {
            int before = get();
            if (compareAndSet(before, update.applyAsInt(before))) {
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
    public int updateAndGet(IntUnaryOperator update) {
        while (true) {
            int before = get();
            int after = update.applyAsInt(before);
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
    public int awaitChange(int old, Duration timeout) throws InterruptedException {
        return (int) cells.awaitChange(0, old, timeout);
    }

    @Override
    public String toString() {
        return Long.toString(cells.peek());
    }
}
