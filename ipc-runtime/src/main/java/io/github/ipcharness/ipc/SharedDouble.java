package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@code double} that processes share; it is compared by its bits, so NaN equals itself and 0.0 is not -0.0.
 *
 * <p>Every method but {@link #awaitChange} is atomic, and has the memory effects of a volatile access
 * ({@code getVolatile}, {@code setVolatile}, {@code compareAndSet}, {@code getAndSet} of
 * {@link java.lang.invoke.VarHandle}), as in {@link java.util.concurrent.atomic.AtomicReference}: what a thread did
 * before it changed the value happens-before what another does after it has seen that change, in memory that both can
 * see. To add is to apply a function: it reads, and sets if nobody was faster, or else does so again. None of them
 * waits for another process.
 *
 * <p><b>Crashes.</b> A process killed in the middle of a method leaves it either done or not done; who waits for a
 * change, and was not woken because of that, looks again within 50 ms (200 ms, if it has waited for more than a
 * second). One that is stopped (SIGSTOP) keeps nobody waiting.
 *
 * <p>Methods throw {@link IllegalStateException} once the {@link Ipc} is closed, also while they wait, and
 * {@link IpcException} where an operation cannot be recorded, or where the memory underneath fails while they wait.
 */
public final class SharedDouble extends SharedNumber {

    SharedDouble(LongCells cells) {
        super(cells);
    }

    /**
     * The value now.
     *
     * @return the value
     */
    public double get() {
        return Double.longBitsToDouble(value(0));
    }

    /**
     * Sets the value.
     *
     * @param value the new one
     */
    public void set(double value) {
        cells.set(0, Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the value if it is {@code expected}, bit for bit; false if it is another one.
     *
     * @param expected what it must be
     * @param value the new one
     * @return whether it was set
     */
    public boolean compareAndSet(double expected, double value) {
        return cells.compareAndSet(0, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the value and returns the one before it.
     *
     * @param value the new one
     * @return the one before
     */
    public double getAndSet(double value) {
        return Double.longBitsToDouble(cells.getAndSet(0, Double.doubleToRawLongBits(value)));
    }

    /**
     * Adds and returns the value before.
     *
     * @param delta what is added
     * @return the value before
     */
    public double getAndAdd(double delta) {
        return getAndUpdate(value -> value + delta);
    }

    /**
     * Adds and returns the value after.
     *
     * @param delta what is added
     * @return the value after
     */
    public double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    /**
     * Applies the function, which may be called again if another thread was faster, and returns the value before.
     *
     * @param update without side effects; what it throws is passed on, and nothing has changed then
     * @return the value before
     */
    public double getAndUpdate(DoubleUnaryOperator update) {
        while (true) {
            double before = get();
            if (compareAndSet(before, update.applyAsDouble(before))) {
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
    public double updateAndGet(DoubleUnaryOperator update) {
        while (true) {
            double before = get();
            double after = update.applyAsDouble(before);
            if (compareAndSet(before, after)) {
                return after;
            }
        }
    }

    /**
     * Waits until the value is another one than {@code old}. A value that changes and changes back in the meantime may
     * be missed.
     *
     * @param old what the value was; it is compared by its bits
     * @param timeout how long at most
     * @return the value then, or {@code old} if the time was over first
     * @throws InterruptedException if it has to wait, and is interrupted before or while waiting
     */
    public double awaitChange(double old, Duration timeout) throws InterruptedException {
        return Double.longBitsToDouble(cells.awaitChange(0, Double.doubleToRawLongBits(old), timeout));
    }

    @Override
    public String toString() {
        return Double.toString(Double.longBitsToDouble(cells.peek()));
    }
}
