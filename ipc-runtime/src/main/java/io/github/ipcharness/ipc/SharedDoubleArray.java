package io.github.ipcharness.ipc;

/**
 * An array of {@code double} that processes share: {@code multiprocessing.Array}.
 *
 * <p>Each element takes eight bytes, and is atomic and volatile by itself ({@code getVolatile}, {@code setVolatile},
 * {@code compareAndSet}, {@code getAndSet} of {@link java.lang.invoke.VarHandle}), as in
 * {@link java.util.concurrent.atomic.AtomicLongArray}: what a thread did before it changed an element happens-before
 * what another does after it has seen that change, in memory that both can see. A bulk copy handles each element
 * atomically, but not all of them at one instant: put a {@link SharedLock} round it where that matters. It costs a
 * volatile access for each element, so large data of bytes are better kept in a {@link SharedByteArray}.
 *
 * <p>A process killed in the middle of a method leaves an element either changed or not, and of a bulk copy the first
 * elements changed. None waits for another process, so one that is stopped (SIGSTOP) keeps nobody waiting.
 *
 * <p>An index outside the array is an {@link IndexOutOfBoundsException}, before anything was copied. Methods throw
 * {@link IllegalStateException} once the {@link Ipc} is closed, and {@link IpcException} where an operation cannot be
 * recorded.
 */
public final class SharedDoubleArray {

    private final LongCells cells;

    SharedDoubleArray(LongCells cells) {
        this.cells = cells;
    }

    /**
     * Elements; fixed when the array was created.
     *
     * @return how many
     */
    public int length() {
        return cells.length();
    }

    /**
     * An element now.
     *
     * @param index from 0
     * @return its value
     */
    public double get(int index) {
        return Double.longBitsToDouble(cells.get(index));
    }

    /**
     * Sets an element.
     *
     * @param index from 0
     * @param value its new value
     */
    public void set(int index, double value) {
        cells.set(index, Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the element if it is {@code expected}, bit for bit; false if it is another one.
     *
     * @param index from 0
     * @param expected what it must be
     * @param value its new value
     * @return whether it was set
     */
    public boolean compareAndSet(int index, double expected, double value) {
        return cells.compareAndSet(index, Double.doubleToRawLongBits(expected), Double.doubleToRawLongBits(value));
    }

    /**
     * Sets the element and returns the one before it.
     *
     * @param index from 0
     * @param value its new value
     * @return the one before
     */
    public double getAndSet(int index, double value) {
        return Double.longBitsToDouble(cells.getAndSet(index, Double.doubleToRawLongBits(value)));
    }

    /**
     * Copies {@code count} elements, the first being {@code index}, to the user's array.
     *
     * @param index the first one here, from 0
     * @param into where to
     * @param from the first one there
     * @param count how many
     */
    public void get(int index, double[] into, int from, int count) {
        cells.checkRange(index, into.length, from, count);
        for (int i = 0; i < count; i++) {
            into[from + i] = get(index + i);
        }
    }

    /**
     * Copies {@code count} elements of the user's array here, the first to {@code index}.
     *
     * @param index the first one here, from 0
     * @param source where from
     * @param from the first one there
     * @param count how many
     */
    public void set(int index, double[] source, int from, int count) {
        cells.checkRange(index, source.length, from, count);
        for (int i = 0; i < count; i++) {
            set(index + i, source[from + i]);
        }
    }
}
