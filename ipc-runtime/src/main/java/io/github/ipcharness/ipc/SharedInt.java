package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.IntUnaryOperator;

/**
 * An {@code int} that processes share.
 *
 * <p>Every method is atomic, and has the memory effects of a volatile access, as {@code java.util.concurrent.atomic.AtomicInteger} has. A process killed
 * in the middle of one leaves it either done or not done.
 */
public final class SharedInt {

    private final LongCells cells;

    SharedInt(LongCells cells) {
        this.cells = cells;
    }

    public int get() {
        return (int) cells.get(0);
    }

    public void set(int value) {
        cells.set(0, value);
    }

    /** Sets the value if it is {@code expected}; false if it is another one. */
    public boolean compareAndSet(int expected, int value) {
        return cells.compareAndSet(0, expected, value);
    }

    /** Sets the value and returns the one before it. */
    public int getAndSet(int value) {
        return (int) cells.getAndSet(0, value);
    }

    /** Adds, wrapping round on overflow, and returns the value before. */
    public int getAndAdd(int delta) {
        return (int) cells.getAndAdd(0, delta);
    }

    /** Adds, wrapping round on overflow, and returns the value after. */
    public int addAndGet(int delta) {
        return getAndAdd(delta) + delta;
    }

    public int getAndIncrement() {
        return getAndAdd(1);
    }

    public int incrementAndGet() {
        return addAndGet(1);
    }

    public int getAndDecrement() {
        return getAndAdd(-1);
    }

    public int decrementAndGet() {
        return addAndGet(-1);
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value before. */
    public int getAndUpdate(IntUnaryOperator update) {
        while (true) {
            int before = get();
            if (compareAndSet(before, update.applyAsInt(before))) {
                return before;
            }
        }
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value after. */
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
     * @return the value then, or {@code old} if the time was over first
     */
    public int awaitChange(int old, Duration timeout) throws InterruptedException {
        return (int) cells.awaitChange(0, old, timeout);
    }

    @Override
    public String toString() {
        return Integer.toString(get());
    }
}
