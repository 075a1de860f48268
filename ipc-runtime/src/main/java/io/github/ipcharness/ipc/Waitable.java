package io.github.ipcharness.ipc;

/**
 * What {@link Ipc#awaitAny} waits for, several at once: a queue or an end of a pipe that has a message or is at its end, a
 * latch that is open, an event that is set.
 */
public sealed interface Waitable permits IpcQueue, Connection, SharedLatch, SharedEvent {

    /**
     * Whether the call that would wait here, {@code take}, {@code receive} or {@code await}, would return or throw at
     * once, as far as can be told without waiting. Another process may be faster: what was ready a moment ago may not
     * be now. A queue or a pipe asks the kernel whether those are dead who could put or send.
     *
     * @return whether it is ready
     * @throws IllegalStateException if the {@link Ipc} or this end of the pipe is closed
     * @throws IpcException if the memory underneath fails
     */
    boolean isReady();
}
