package io.github.ipcharness.ipc;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * A {@code long} that processes share: {@code multiprocessing.Value}.
 *
 * <p>Every method is atomic, and has the memory effects of a volatile access, as {@code java.util.concurrent.atomic.AtomicLong} has. A process killed
 * in the middle of one leaves it either done or not done.
 */
public final class SharedLong {

    private final LongCells cells;

    SharedLong(LongCells cells) {
        this.cells = cells;
    }

    public long get() {
        return cells.get(0);
    }

    public void set(long value) {
        cells.set(0, value);
    }

    /** Sets the value if it is {@code expected}; false if it is another one. */
    public boolean compareAndSet(long expected, long value) {
        return cells.compareAndSet(0, expected, value);
    }

    /** Sets the value and returns the one before it. */
    public long getAndSet(long value) {
        return cells.getAndSet(0, value);
    }

    /** Adds, wrapping round on overflow, and returns the value before. */
    public long getAndAdd(long delta) {
        return cells.getAndAdd(0, delta);
    }

    /** Adds, wrapping round on overflow, and returns the value after. */
    public long addAndGet(long delta) {
        return getAndAdd(delta) + delta;
    }

    public long getAndIncrement() {
        return getAndAdd(1);
    }

    public long incrementAndGet() {
        return addAndGet(1);
    }

    public long getAndDecrement() {
        return getAndAdd(-1);
    }

    public long decrementAndGet() {
        return addAndGet(-1);
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value before. */
    public long getAndUpdate(LongUnaryOperator update) {
        while (true) {
            long before = get();
            if (compareAndSet(before, update.applyAsLong(before))) {
                return before;
            }
        }
    }

    /** Applies the function, which may be called again if another process was faster, and returns the value after. */
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
     * @return the value then, or {@code old} if the time was over first
     */
    public long awaitChange(long old, Duration timeout) throws InterruptedException {
        return cells.awaitChange(0, old, timeout);
    }

    @Override
    public String toString() {
        return Long.toString(get());
    }
}
