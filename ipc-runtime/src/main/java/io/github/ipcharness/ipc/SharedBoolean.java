package io.github.ipcharness.ipc;

import java.time.Duration;

/**
 * A {@code boolean} that processes share.
 *
 * <p>Every method but {@link #awaitChange} is atomic, and has the memory effects of a volatile access
 * ({@code getVolatile}, {@code setVolatile}, {@code compareAndSet}, {@code getAndSet} of
 * {@link java.lang.invoke.VarHandle}), as in {@link java.util.concurrent.atomic.AtomicBoolean}: what a thread did
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
public final class SharedBoolean extends SharedNumber {

    SharedBoolean(LongCells cells) {
        super(cells);
    }

    /**
     * The value now.
     *
     * @return the value
     */
    public boolean get() {
        return value(0) != 0;
    }

    /**
     * Sets the value.
     *
     * @param value the new one
     */
    public void set(boolean value) {
        cells.set(0, value ? 1 : 0);
    }

    /**
     * Sets the value if it is {@code expected}; false if it is another one.
     *
     * @param expected what it must be
     * @param value the new one
     * @return whether it was set
     */
    public boolean compareAndSet(boolean expected, boolean value) {
        return cells.compareAndSet(0, expected ? 1 : 0, value ? 1 : 0);
    }

    /**
     * Sets the value and returns the one before it.
     *
     * @param value the new one
     * @return the one before
     */
    public boolean getAndSet(boolean value) {
        return cells.getAndSet(0, value ? 1 : 0) != 0;
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
    public boolean awaitChange(boolean old, Duration timeout) throws InterruptedException {
        return cells.awaitChange(0, old ? 1 : 0, timeout) != 0;
    }

    @Override
    public String toString() {
        return Boolean.toString(cells.peek() != 0);
    }
}
