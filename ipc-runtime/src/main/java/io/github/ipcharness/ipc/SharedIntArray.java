package io.github.ipcharness.ipc;

/**
 * An array of {@code int} that processes share: {@code multiprocessing.Array}.
 *
 * <p>Each element takes eight bytes, and is atomic and volatile by itself ({@code getVolatile}, {@code setVolatile},
 * {@code compareAndSet}, {@code getAndSet}, {@code getAndAdd} of {@link java.lang.invoke.VarHandle}), as in
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
public final class SharedIntArray {

    private final LongCells cells;

    SharedIntArray(LongCells cells) {
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
    public int get(int index) {
        return (int) cells.get(index);
    }

    /**
     * Sets an element.
     *
     * @param index from 0
     * @param value its new value
     */
    public void set(int index, int value) {
        cells.set(index, value);
    }

    /**
     * Sets the element if it is {@code expected}; false if it is another one.
     *
     * @param index from 0
     * @param expected what it must be
     * @param value its new value
     * @return whether it was set
     */
    public boolean compareAndSet(int index, int expected, int value) {
        return cells.compareAndSet(index, expected, value);
    }

    /**
     * Sets the element and returns the one before it.
     *
     * @param index from 0
     * @param value its new value
     * @return the one before
     */
    public int getAndSet(int index, int value) {
        return (int) cells.getAndSet(index, value);
    }

    /**
     * Adds to the element, wrapping round on overflow, and returns its value before.
     *
     * @param index from 0
     * @param delta what is added
     * @return its value before
     */
    public int getAndAdd(int index, int delta) {
        return (int) cells.getAndAdd(index, delta);
    }

    /**
     * Adds 1 to the element, wrapping round on overflow.
     *
     * @param index from 0
     * @return its value after
     */
    public int incrementAndGet(int index) {
        return getAndAdd(index, 1) + 1;
    }

    /**
     * Copies {@code count} elements, the first being {@code index}, to the user's array.
     *
     * @param index the first one here, from 0
     * @param into where to
     * @param from the first one there
     * @param count how many
     */
    public void get(int index, int[] into, int from, int count) {
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
    public void set(int index, int[] source, int from, int count) {
        cells.checkRange(index, source.length, from, count);
        for (int i = 0; i < count; i++) {
            set(index + i, source[from + i]);
        }
    }
}
