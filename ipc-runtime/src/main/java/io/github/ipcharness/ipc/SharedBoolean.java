package io.github.ipcharness.ipc;

import java.time.Duration;

/**
 * A {@code boolean} that processes share.
 *
 * <p>Every method is atomic, and has the memory effects of a volatile access, as {@code java.util.concurrent.atomic.AtomicBoolean} has. A process killed
 * in the middle of one leaves it either done or not done.
 */
public final class SharedBoolean {

    private final LongCells cells;

    SharedBoolean(LongCells cells) {
        this.cells = cells;
    }

    public boolean get() {
        return cells.get(0) != 0;
    }

    public void set(boolean value) {
        cells.set(0, value ? 1 : 0);
    }

    /** Sets the value if it is {@code expected}; false if it is another one. */
    public boolean compareAndSet(boolean expected, boolean value) {
        return cells.compareAndSet(0, expected ? 1 : 0, value ? 1 : 0);
    }

    /** Sets the value and returns the one before it. */
    public boolean getAndSet(boolean value) {
        return cells.getAndSet(0, value ? 1 : 0) != 0;
    }

    /**
     * Waits until the value is another one than {@code old}. A value that changes and changes back in the meantime may
     * be missed.
     *
     * @return the value then, or {@code old} if the time was over first
     */
    public boolean awaitChange(boolean old, Duration timeout) throws InterruptedException {
        return cells.awaitChange(0, old ? 1 : 0, timeout) != 0;
    }

    @Override
    public String toString() {
        return Boolean.toString(get());
    }
}
