package io.github.ipcharness.ipc.memory;

/** Where messages are taken from: a {@link MessageRing}, or one that remembers who works on what. */
public interface MessageSource {

    /** Begins a batch of takes; false if another consumer held the ring until the deadline. */
    boolean beginTake(long deadline);

    /** As {@link #beginTake}, for calls that an interrupt may end. */
    boolean beginTakeInterruptibly(long deadline) throws InterruptedException;

    /** Copies the next message of the batch; it stays until {@link #commitTake}. False if there is none. */
    boolean read(Incoming into);

    /** Makes the takes of the batch happen. */
    void commitTake();

    /** Lets the next consumer in, and wakes a producer that sleeps because there was no room. */
    void endTake();

    /** A consumer that was woken, and left messages, wakes the next one. */
    void passOnMessages(boolean woken);

    /** Messages that could be taken, at some instant during the call. */
    int size();

    boolean isEmpty();

    /** Messages that take up room. */
    int used();

    int capacity();

    WaitPoint notEmpty();

    WaitPoint notFull();

    SpillFiles spill();
}
