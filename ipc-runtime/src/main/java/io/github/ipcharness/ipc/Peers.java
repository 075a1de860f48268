package io.github.ipcharness.ipc;

/** Those on the other side of a stream, asked while waiting for them: whether the wait still makes sense. */
@FunctionalInterface
interface Peers {

    /** @param probe whether the wait has become long enough to ask the kernel who is dead */
    boolean areGone(boolean probe);
}
