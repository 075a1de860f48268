package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.Bits;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.VersionedSlots;
import io.github.ipcharness.ipc.memory.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A value of many bytes that processes share, and never see half changed.
 *
 * <p>Readers never wait, neither for each other nor for a writer that sleeps or died. Writers take turns, in no order.
 * A reader that is slower than the writers misses values, and always gets the newest: that is what a shared value is
 * for. One during whose copy three more values were set copies again. This is the sequence lock of Lameter (2005) with
 * four slots in place of one.
 *
 * <p>Reads and writes are linearizable; what a thread did before a {@link #set} happens-before what another does after
 * a {@link #get} that sees it, in memory that both can see.
 *
 * <p><b>Crashes.</b> A process killed in the middle of a write has either written the whole value or nothing; the next
 * writer goes on after about 10 ms, and who waits for a change, and was not woken because of that, looks again within
 * 50 ms (200 ms, if it has waited for more than a second). A process that is stopped (SIGSTOP) in the middle of a write
 * makes other writers wait without limit, because it is not dead, and an interrupt does not end that; readers go on.
 *
 * <p>A value is encoded and copied in, copied out and decoded: one copy each way, besides what the codec does. What a
 * codec throws is passed on; nothing was written then. Methods throw {@link IpcException} where the memory underneath
 * fails or an operation cannot be recorded, and {@link IllegalStateException} once the {@link Ipc} is closed, also
 * those that wait.
 *
 * @param <T> what is shared; turned into bytes by the codec, in the caller's thread
 */
public final class SharedValue<T> {

    private final String name;
    private final Ipc ipc;
    private final Codec<T> codec;
    private final VersionedSlots slots;
    private final ObjectLog log;

    SharedValue(String name, Ipc ipc, Codec<T> codec, VersionedSlots slots, ObjectLog log) {
        this.name = name;
        this.ipc = ipc;
        this.codec = codec;
        this.slots = slots;
        this.log = log;
    }

    /**
     * The newest value, or null if none has been set yet.
     *
     * @return what the codec makes of it
     */
    public T get() {
        ipc.ensureOpen();
        long call = log.beginLook();
        VersionedSlots.Snapshot snapshot = read();
        int sum = log.isOn() && snapshot.bytes() != null ? Bits.checksum(snapshot.bytes()) : 0;
        log.endLook(call, Operation.READ, 0, 0, Outcome.OK, snapshot.identity(), sum);
        return decode(snapshot);
    }

    private VersionedSlots.Snapshot read() {
        try {
            return slots.read();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private T decode(VersionedSlots.Snapshot snapshot) {
        if (snapshot.bytes() == null) {
            return null;
        }
        T value = codec.fromBytes(snapshot.bytes());
        if (value == null) {
            // Null says that nothing has been set, which is not so.
            throw new IpcException("codec " + codec + " made null of a value of " + snapshot.bytes().length
                    + " bytes: '" + name + "'");
        }
        return value;
    }

    /**
     * Makes this the newest value, after waiting for other writers, without limit.
     *
     * @param value not null
     * @throws IllegalArgumentException if it takes more bytes than the value has room for; nothing has changed then
     */
    public void set(T value) {
        ipc.ensureOpen();
        byte[] bytes = encode(value);
        long identity = log.nextIdentity();
        long record = log.beginWrite(identity, log.isOn() ? Bits.checksum(bytes) : 0);
        Outcome outcome = Outcome.NO_EFFECT;
        try {
            beginWrite();
            try {
                slots.write(identity, bytes);
                outcome = Outcome.OK;
            } finally {
                slots.endWrite();
            }
        } finally {
            log.end(record, outcome);
        }
    }

    private void beginWrite() {
        try {
            slots.beginWrite(Deadline.NEVER);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * Replaces the value by what the function makes of it, while other writers wait, so no update is lost.
     *
     * @param update gets null if no value has been set yet, and must not return null; called once, and must not set
     *     this value itself, which would wait for ever; what it throws is passed on, and nothing is written then
     * @return the new value
     * @throws IllegalArgumentException if it takes more bytes than the value has room for; nothing has changed then
     * @throws IllegalStateException if the {@link Ipc} was closed meanwhile; nothing is written then
     */
    public T updateAndGet(UnaryOperator<T> update) {
        ipc.ensureOpen();
        beginWrite();
        try {
            T value = update.apply(decode(read()));
            byte[] bytes = encode(value);
            // Who closed the Ipc meanwhile did not wait for a function for ever: then others write by now.
            ipc.ensureOpen();
            long identity = log.nextIdentity();
            long record = log.beginWrite(identity, log.isOn() ? Bits.checksum(bytes) : 0);
            slots.write(identity, bytes);
            log.end(record, Outcome.OK);
            return value;
        } finally {
            slots.endWrite();
        }
    }

    private byte[] encode(T value) {
        byte[] bytes = codec.toBytes(Objects.requireNonNull(value, "null cannot be shared"));
        if (bytes.length > slots.maxBytes()) {
            throw new IllegalArgumentException(
                    "value '" + name + "' has room for at most " + slots.maxBytes() + " bytes: " + bytes.length);
        }
        return bytes;
    }

    /**
     * How many values have been set so far, by anyone; 0 before the first.
     *
     * @return a number that only grows
     */
    public long version() {
        ipc.ensureOpen();
        return slots.version();
    }

    /**
     * Waits until more values have been set than that. What a thread did before such a set happens-before what another
     * does after this, in memory that both can see.
     *
     * @param version what {@link #version()} was
     * @param timeout how long at most
     * @return what it is now; {@code version} if the time was over first
     * @throws InterruptedException if it has to wait, and is interrupted before or while waiting
     */
    public long awaitChange(long version, Duration timeout) throws InterruptedException {
        long deadline = Deadline.in(Objects.requireNonNull(timeout, "timeout"));
        try (Waiting waiting = new Waiting(slots.changed())) {
            while (version() == version) {
                if (!waiting.pauseInterruptibly(deadline)) {
                    return version();
                }
            }
            waiting.succeeded();
            return version();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    /**
     * Its name in the namespace.
     *
     * @return what it was opened by
     */
    public String name() {
        return name;
    }
}
