package io.github.ipcharness.ipc.memory;

import java.lang.invoke.VarHandle;

/**
 * The newest message of a {@link MessageRing} once more, if it is short, on the cache line of the tail: a consumer that
 * has run out of messages watches that line, and gets the next message together with the news of it, in one transfer
 * between the processors instead of two.
 *
 * <pre>
 *   +0    the ring's tail
 *   +8    stamp: the tail that this copy belongs to, or a tail that never was
 *   +16   the record's header
 *   +24   the record's identity, or 0
 *   +32   payload, 32 bytes
 * </pre>
 *
 * <p>Invariants: written under the producers' lock, and spoilt before it is changed, so what is read between two looks
 * that found the same stamp belongs together (a sequence lock; Boehm 2012). It belongs to the message before the tail
 * only if the stamp is that tail. A copy that is spoilt or damaged costs nothing but time: the record lies in the ring.
 */
final class NewestMessage {

    private static final int MOST_BYTES = 32;
    private static final int STAMP = 8;
    private static final int HEADER = 16;
    private static final int IDENTITY = 24;
    private static final int PAYLOAD = 32;

    private final MappedRegion region;
    private final int base;

    /** @param base of the tail: the beginning of a cache line */
    NewestMessage(MappedRegion region, int base) {
        this.region = region;
        this.base = base;
    }

    /** Copies the message that would end at this tail, or says that there is no copy of it. */
    void write(long tail, long header, Outgoing message) {
        // Another count of messages than before, and another number of units than after.
        region.putLong(base + STAMP, tail ^ 1);
        if (message.isSpilled() || message.length() > MOST_BYTES) {
            return;
        }
        VarHandle.releaseFence();
        region.putLong(base + HEADER, header);
        region.putLong(base + IDENTITY, message.identity());
        if (message.isSmall()) {
            region.putLong(base + PAYLOAD, message.bits());
        } else {
            region.putBytes(base + PAYLOAD, message.bytes(), 0, message.length());
        }
        CrashPoint.PUT_COPIED.reach();
        region.putLongRelease(base + STAMP, tail);
    }

    /**
     * Reads the message before this tail.
     *
     * @param recordBytes of its record, as the consumer knows them
     * @return false if there is no copy of it here; {@code into} is as it was then
     */
    boolean read(long tail, long recordBytes, Incoming into) {
        if (region.getLongAcquire(base + STAMP) != tail) {
            return false;
        }
        long header = region.getLong(base + HEADER);
        int length = MessageRing.length(header);
        if (length < 0 || length > MOST_BYTES || MessageRing.recordBytes(header) != recordBytes) {
            return false;
        }
        long identity = region.getLong(base + IDENTITY);
        long bits = region.getLong(base + PAYLOAD);
        byte[] bytes = null;
        if (length > Long.BYTES) {
            bytes = new byte[length];
            region.getBytes(base + PAYLOAD, bytes, 0, length);
        }
        VarHandle.acquireFence();
        if (region.getLong(base + STAMP) != tail) {
            return false;
        }
        if (bytes == null) {
            into.set(identity, bits, length);
        } else {
            into.set(identity, bytes, SpillFiles.NONE);
        }
        return true;
    }
}
