package io.github.ipcharness.ipc;

/** The two ends of a pipe. They are alike; the letters only tell them apart. */
public enum End {
    /** One end. */
    A,
    /** The other end. */
    B;

    /**
     * The end that this one talks to.
     *
     * @return A of B, and B of A
     */
    public End other() {
        return this == A ? B : A;
    }
}
