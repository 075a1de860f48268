package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;

/**
 * A {@code double} that processes share; it is compared by its bits, so NaN equals itself and 0.0 is not -0.0.
 *
 * <p>Every method is atomic, and has the memory effects of a volatile access, as {@code java.util.concurrent.atomic.AtomicReference} has. A process killed
 * in the middle of one leaves it either done or not done.
 */
public final class SharedDouble {

    private final LongCells cells;

    SharedDouble(LongCells cells) {
        this.cells = cells;
    }

    public double get() {
        return Double.longBitsToDouble(cells.get(0));
    }

    public void set(double value) {
        cells.set(0, Double.doubleToRawLongBits(value));
    }

    /** Sets the value if it is {@code expected}, bit for bit; false if it is another one. */
    public boolean compareAndSet(double expected, double value) {
        return cells.compareAndSet(0, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /** Sets the value and returns the one before it. */
    public double getAndSet(double value) {
        return Double.longBitsToDouble(cells.getAndSet(0, Double.doubleToRawLongBits(value)));
    }

    /** Adds and returns the value before. */
    public double getAndAdd(double delta) {
        return getAndUpdate(value -> value + delta);
    }

    /** Adds and returns the value after. */
    public double addAndGet(double delta) {
        return getAndAdd(delta) + delta;
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value before. */
    public double getAndUpdate(DoubleUnaryOperator update) {
        while (true) {
            double before = get();
            if (compareAndSet(before, update.applyAsDouble(before))) {
                return before;
            }
        }
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value after. */
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
     * @return the value then, or {@code old} if the time was over first
     */
    public double awaitChange(double old, Duration timeout) throws InterruptedException {
        return Double.longBitsToDouble(cells.awaitChange(0, Double.doubleToRawLongBits(old), timeout));
    }

    @Override
    public String toString() {
        return Double.toString(get());
    }
}
