package io.github.ipcharness.ipc;

/**
 * An array of {@code int} that processes share: {@code multiprocessing.Array}.
 *
 * <p>Each element takes eight bytes, and is atomic and volatile by itself, as in {@code
 * java.util.concurrent.atomic.AtomicLongArray}. A bulk copy handles each element atomically, but not all of them at one
 * instant: put a {@link SharedLock} round it where that matters.
 *
 * <p>An index outside the array is an {@link IndexOutOfBoundsException}, before anything was copied.
 */
public final class SharedIntArray {

    private final LongCells cells;

    SharedIntArray(LongCells cells) {
        this.cells = cells;
    }

    /** Elements; fixed when the array was created. */
    public int length() {
        return cells.length();
    }

    public int get(int index) {
        return (int) cells.get(index);
    }

    public void set(int index, int value) {
        cells.set(index, value);
    }

    /** Sets the element if it is {@code expected}; false if it is another one. */
    public boolean compareAndSet(int index, int expected, int value) {
        return cells.compareAndSet(index, expected, value);
    }

    /** Sets the element and returns the one before it. */
    public int getAndSet(int index, int value) {
        return (int) cells.getAndSet(index, value);
    }

    /** Adds to the element, wrapping round on overflow, and returns its value before. */
    public int getAndAdd(int index, int delta) {
        return (int) cells.getAndAdd(index, delta);
    }

    public int incrementAndGet(int index) {
        return getAndAdd(index, 1) + 1;
    }

    /** Copies {@code count} elements, the first being {@code index}, to the user's array. */
    public void get(int index, int[] into, int from, int count) {
        cells.checkRange(index, into.length, from, count);
        for (int i = 0; i < count; i++) {
            into[from + i] = get(index + i);
        }
    }

    /** Copies {@code count} elements of the user's array here, the first to {@code index}. */
    public void set(int index, int[] source, int from, int count) {
        cells.checkRange(index, source.length, from, count);
        for (int i = 0; i < count; i++) {
            set(index + i, source[from + i]);
        }
    }
}
