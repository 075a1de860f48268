package io.github.ipcharness.ipc;

/** The two ends of a pipe. They are alike; the letters only tell them apart. */
public enum End {
    A,
    B;

    /** The end that this one talks to. */
    public End other() {
        return this == A ? B : A;
    }
}
