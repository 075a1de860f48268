package io.github.ipcharness.ipc;

/**
 * An array of {@code double} that processes share: {@code multiprocessing.Array}.
 *
 * <p>Each element takes eight bytes, and is atomic and volatile by itself, as in {@code
 * java.util.concurrent.atomic.AtomicLongArray}. A bulk copy handles each element atomically, but not all of them at one
 * instant: put a {@link SharedLock} round it where that matters.
 *
 * <p>An index outside the array is an {@link IndexOutOfBoundsException}, before anything was copied.
 */
public final class SharedDoubleArray {

    private final LongCells cells;

    SharedDoubleArray(LongCells cells) {
        this.cells = cells;
    }

    /** Elements; fixed when the array was created. */
    public int length() {
        return cells.length();
    }

    public double get(int index) {
        return Double.longBitsToDouble(cells.get(index));
    }

    public void set(int index, double value) {
        cells.set(index, Double.doubleToRawLongBits(value));
    }

    /** Sets the element if it is {@code expected}, bit for bit; false if it is another one. */
    public boolean compareAndSet(int index, double expected, double value) {
        return cells.compareAndSet(index, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /** Sets the element and returns the one before it. */
    public double getAndSet(int index, double value) {
        return Double.longBitsToDouble(cells.getAndSet(index, Double.doubleToRawLongBits(value)));
    }

    /** Copies {@code count} elements, the first being {@code index}, to the user's array. */
    public void get(int index, double[] into, int from, int count) {
        cells.checkRange(index, into.length, from, count);
        for (int i = 0; i < count; i++) {
            into[from + i] = get(index + i);
        }
    }

    /** Copies {@code count} elements of the user's array here, the first to {@code index}. */
    public void set(int index, double[] source, int from, int count) {
        cells.checkRange(index, source.length, from, count);
        for (int i = 0; i < count; i++) {
            set(index + i, source[from + i]);
        }
    }
}
