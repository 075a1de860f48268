package io.github.ipcharness.ipc;

/** How a {@link SharedLock} was acquired. */
public enum Acquired {
    /** Nobody held it. */
    FREE,
    /** Its owner died while holding it: what the lock guards may be half changed, and is now this caller's to repair. */
    FROM_DEAD_OWNER
}
