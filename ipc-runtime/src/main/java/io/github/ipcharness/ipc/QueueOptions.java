package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.QueueRegion;

/**
 * How a queue is made by the process that creates it. A process that opens an existing queue may leave the options out;
 * those that it gives must be those that the queue has. Options do not change: each method gives new ones.
 */
public final class QueueOptions {

    static final int DEFAULT_CAPACITY = 8192;
    static final int DEFAULT_BYTES = 1 << 20;
    private static final long MOST_BY_DEFAULT = 1 << 30;

    private static final QueueOptions DEFAULTS = new QueueOptions(0, 0, 0, false);

    private final int capacity;
    private final long bytes;
    private final int producers;
    private final boolean acknowledged;

    private QueueOptions(int capacity, long bytes, int producers, boolean acknowledged) {
        if (acknowledged) {
            requireRange("capacity of an acknowledged queue", 0, AcknowledgedRing.MAX_MESSAGES, capacity);
        }
        this.capacity = capacity;
        this.bytes = bytes;
        this.producers = producers;
        this.acknowledged = acknowledged;
    }

    /**
     * 8,192 messages or 1 MiB, whichever is reached first.
     *
     * @return options that say nothing
     */
    public static QueueOptions defaults() {
        return DEFAULTS;
    }

    /**
     * As {@link #withCapacity} of the defaults.
     *
     * @param messages how many messages may wait: 1 to 134,217,728
     * @return new options
     * @throws IllegalArgumentException if it is out of this range
     */
    public static QueueOptions capacity(int messages) {
        return DEFAULTS.withCapacity(messages);
    }

    /**
     * Room for so many messages. Without {@link #withBytes}, the ring gets 32 bytes for each of them, but not less than
     * 1 MiB nor more than 1 GiB, rounded up to a power of two.
     *
     * @param messages how many messages may wait: 1 to 134,217,728, or to 65,536 if it is acknowledged
     * @return new options
     * @throws IllegalArgumentException if it is out of this range
     */
    public QueueOptions withCapacity(int messages) {
        requireRange("capacity", 1, MessageRing.MAX_MESSAGES, messages);
        return new QueueOptions(messages, bytes, producers, acknowledged);
    }

    /**
     * Room for the bytes of the messages that wait; each needs 8 bytes more, or 16 where the namespace records, and is
     * padded to a multiple of 8, one that is empty to 8. A message of more than all of it less 16 bytes is kept in a
     * file of its own until it is taken. All of it is allocated when the queue is created.
     *
     * @param bytes 1,024 to 274,877,906,944 (256 GiB), as far as the file system has room; rounded up to a power of two
     * @return new options
     * @throws IllegalArgumentException if it is out of this range
     */
    public QueueOptions withBytes(long bytes) {
        requireRange("bytes", MessageRing.MIN_BYTES, MessageRing.MAX_BYTES, bytes);
        return new QueueOptions(capacity, MessageRing.ringBytes(bytes), producers, acknowledged);
    }

    /**
     * How many processes will put before the stream can end: without it, the stream is at its end as soon as every
     * process that has put so far has said so, or is dead, and one that starts late would come to an ended stream. At
     * most 256 of them may put at the same time.
     *
     * @param processes 1 to 65,536; those that ended or died count
     * @return new options
     * @throws IllegalArgumentException if it is out of this range
     */
    public QueueOptions withProducers(int processes) {
        requireRange("producers", 1, QueueRegion.MAX_PRODUCERS, processes);
        return new QueueOptions(capacity, bytes, processes, acknowledged);
    }

    /**
     * As {@link #withAcknowledgement} of the defaults.
     *
     * @return new options
     */
    public static QueueOptions acknowledged() {
        return DEFAULTS.withAcknowledgement();
    }

    /**
     * A queue of tasks, none of which is lost with a worker: a message that was received stays in the queue until its
     * {@link Delivery} is said to be done, and is delivered again if the process that received it dies before. Messages
     * that are being worked on count for the capacity, which is 65,536 at most, and so does what was put after the
     * oldest of them: a task that takes long keeps the room of those that come behind it, not their turn.
     *
     * @return new options
     * @throws IllegalArgumentException if the capacity is more than 65,536
     */
    public QueueOptions withAcknowledgement() {
        return new QueueOptions(capacity, bytes, producers, true);
    }

    private static void requireRange(String name, long least, long most, long found) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ": " + found);
        }
    }

    int capacityOrDefault() {
        return capacity == 0 ? DEFAULT_CAPACITY : capacity;
    }

    /** Without a size of its own, a ring of short messages has room for all that its capacity allows. */
    long bytesOrDefault() {
        if (bytes != 0) {
            return bytes;
        }
        long wanted = Math.max(DEFAULT_BYTES, Math.min(MOST_BY_DEFAULT, (long) capacityOrDefault() * 32));
        return MessageRing.ringBytes(wanted);
    }

    int producersOrDefault() {
        return Math.max(1, producers);
    }

    /** The capacity that was asked for, or 0. */
    int capacity() {
        return capacity;
    }

    long bytes() {
        return bytes;
    }

    int producers() {
        return producers;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }
}
