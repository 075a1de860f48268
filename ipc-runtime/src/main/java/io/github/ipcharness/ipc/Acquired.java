package io.github.ipcharness.ipc;

/** How a {@link SharedLock} or a permit of a {@link SharedSemaphore} was acquired. */
public enum Acquired {
    /** Nobody held it. */
    FREE,
    /**
     * Its owner died while holding it: what the lock guards, or the permit stands for, may be half changed, and is now
     * this caller's to repair.
     */
    FROM_DEAD_OWNER
}
