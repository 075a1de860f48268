package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.Participants;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.Senders;
import io.github.ipcharness.ipc.memory.SpillFiles;
import io.github.ipcharness.ipc.memory.TaskCount;

/**
 * The region of a queue: its options as parameters, then its parts, one after the other.
 *
 * <pre>
 *   parameter 0   capacity, messages
 *   parameter 1   bytes of the ring
 *   parameter 2   producers expected (32 bits) | acknowledged (1 bit at 32)
 *   parameter 3   codec
 *   body          {@link Senders} | {@link MessageRing} | {@link TaskCount} | {@link AcknowledgedRing}, if it is
 * </pre>
 */
final class QueueRegion {

    private static final long ACKNOWLEDGED = 1L << 32;
    /** Whole pairs of cache lines, which the processor fetches together. */
    private static final int RING = (MappedRegion.HEADER_BYTES + Senders.BYTES + 127) & -128;

    private final MappedRegion region;
    private final Senders senders;
    private final SpillFiles spill;
    private final MessageRing ring;
    private final TaskCount tasks;
    private final AcknowledgedRing acknowledged;

    private QueueRegion(MappedRegion region, Participants participants) {
        this.region = region;
        boolean kept = isAcknowledged(region);
        int most = kept ? AcknowledgedRing.MAX_MESSAGES : MessageRing.MAX_MESSAGES;
        int capacity = (int) region.requireParameter(0, "capacity", 1, most);
        int bytes = MessageRing.ringBytes(
                region.requireParameter(1, "bytes", MessageRing.MIN_BYTES, MessageRing.MAX_BYTES));
        region.requireParameter(2, "producers", 1, ACKNOWLEDGED + QueueOptions.MAX_PRODUCERS);
        int producers = (int) region.parameter(2);
        if (producers < 1 || producers > QueueOptions.MAX_PRODUCERS) {
            throw new RegionException("damaged: producers must be from 1 to " + QueueOptions.MAX_PRODUCERS + ", found "
                    + producers + ": " + region.file());
        }
        region.requireBody(bodyBytes(capacity, bytes, kept));
        this.senders = new Senders(region, MappedRegion.HEADER_BYTES, producers, participants);
        this.spill = new SpillFiles(region, participants);
        this.ring = new MessageRing(region, RING, bytes, capacity, participants, spill);
        int base = RING + MessageRing.bodyBytes(bytes);
        this.tasks = new TaskCount(region, base, ring, participants);
        this.acknowledged =
                kept ? new AcknowledgedRing(region, base + TaskCount.BYTES, ring, tasks.allDone(), participants) : null;
    }

    /** @param codec its number, or 0 for one of the user's own */
    static QueueRegion open(String name, Ipc ipc, QueueOptions options, int codec) {
        int capacity = options.capacityOrDefault();
        int bytes = options.bytesOrDefault();
        boolean kept = options.isAcknowledged();
        MappedRegion region = ipc.region(name, RegionKind.QUEUE, bodyBytes(capacity, bytes, kept), created -> {
            created.setParameter(0, capacity);
            created.setParameter(1, bytes);
            created.setParameter(2, options.producersOrDefault() | (kept ? ACKNOWLEDGED : 0));
            created.setParameter(3, codec);
        });
        QueueRegion opened = new QueueRegion(region, ipc.participants());
        Ipc.requireSame(name, "capacity", options.capacity(), opened.ring.capacity());
        Ipc.requireSame(name, "bytes", options.bytes(), region.parameter(1));
        Ipc.requireSame(name, "producers", options.producers(), (int) region.parameter(2));
        if (kept && opened.acknowledged == null) {
            throw new IpcException(
                    "'" + name + "' was created without, and is opened with, QueueOptions.acknowledged()");
        }
        return opened;
    }

    private static boolean isAcknowledged(MappedRegion region) {
        return (region.parameter(2) & ACKNOWLEDGED) != 0;
    }

    private static long bodyBytes(int capacity, int ringBytes, boolean kept) {
        return (long) RING
                - MappedRegion.HEADER_BYTES
                + MessageRing.bodyBytes(ringBytes)
                + TaskCount.BYTES
                + (kept ? AcknowledgedRing.bodyBytes(capacity) : 0);
    }

    long codec() {
        return region.parameter(3);
    }

    Senders senders() {
        return senders;
    }

    SpillFiles spill() {
        return spill;
    }

    MessageRing ring() {
        return ring;
    }

    TaskCount tasks() {
        return tasks;
    }

    /** Null if the queue keeps no account of what was received. */
    AcknowledgedRing acknowledged() {
        return acknowledged;
    }
}
