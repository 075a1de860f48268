package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Incoming;
import io.github.ipcharness.ipc.memory.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * Turns values into bytes and back. Numbers travel through a queue or a pipe as eight bytes or less, and are never an
 * array on the way.
 *
 * <p>Both sides of an object must use the same codec; for the ones named here that is checked when it is opened, if
 * both sides use such a one. A codec holds no state and may be used by any number of threads. Bytes that one of those
 * named here cannot have made are an {@link IpcException}.
 *
 * @param <T> the values; null is no value
 */
public abstract class Codec<T> {

    /** Four bytes. */
    public static final Codec<Integer> INT = new Fixed<>(
            "INT", Integer.BYTES, true, value -> value & 0xFFFF_FFFFL, bits -> (int) bits, Integer::longValue);
    /** Eight bytes. */
    public static final Codec<Long> LONG =
            new Fixed<>("LONG", Long.BYTES, true, Long::longValue, bits -> bits, Long::longValue);
    /** Eight bytes, which are the raw bits: whatever NaN is put comes out. */
    public static final Codec<Double> DOUBLE = new Fixed<>(
            "DOUBLE", Double.BYTES, false, Double::doubleToRawLongBits, Double::longBitsToDouble, value -> 0);
    /** One byte, 0 or 1. */
    public static final Codec<Boolean> BOOLEAN =
            new Fixed<>("BOOLEAN", 1, false, value -> value ? 1 : 0, Codec::truth, value -> 0);
    /** UTF-8; unpaired surrogates are sent as question marks, and bytes that are no UTF-8 are refused. */
    public static final Codec<String> STRING =
            new Bytes<>("STRING", value -> value.getBytes(StandardCharsets.UTF_8), Codec::text);
    /**
     * The array is copied into shared memory as it is; do not change it before the call has returned. What comes out is
     * a new array, and the caller's own.
     */
    public static final Codec<byte[]> BYTES = new Bytes<>("BYTES", value -> value, bytes -> bytes);

    private final String name;

    Codec(String name) {
        this.name = name;
    }

    /**
     * A codec of the user's own: both functions must be free of side effects, and decode must undo encode. Any number
     * of threads call them at once. What they throw is thrown by the method that sends or receives.
     *
     * @param <T> the values
     * @param encode gives no null; an array that it does not change afterwards
     * @param decode gives no null; may keep the array, but not change it
     * @return a codec that nobody can tell from others of users' own
     */
    public static <T> Codec<T> of(Function<? super T, byte[]> encode, Function<byte[], ? extends T> decode) {
        Objects.requireNonNull(encode, "encode");
        Objects.requireNonNull(decode, "decode");
        return new Bytes<>("custom", encode, decode);
    }

    /**
     * Java serialization, of classes that the filter lets through. What cannot be written or read, or is refused by the
     * filter, is an {@link IpcException}.
     *
     * @param <T> the values
     * @param type what they must be instances of
     * @param filter what may come in; there is no default, because whoever can write to the namespace chooses the bytes
     * @return a codec that nobody can tell from others of users' own
     */
    public static <T extends Serializable> Codec<T> serialized(Class<T> type, ObjectInputFilter filter) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(filter, "filter");
        return new Bytes<>("custom", Codec::serialize, bytes -> deserialize(type, bytes, filter));
    }

    private static boolean truth(long bits) {
        long found = bits & 0xFF;
        if (found > 1) {
            throw new IpcException("a message of codec BOOLEAN is 0 or 1, found " + found);
        }
        return found == 1;
    }

    private static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The replacement character stands for bytes that are no UTF-8, or for itself; the strict decoder is slower.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                throw new IpcException(
                        "a message of codec STRING is UTF-8, found " + bytes.length + " bytes that are not: " + e, e);
            }
        }
        return text;
    }

    private static byte[] serialize(Serializable value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new IpcException("cannot serialize a " + value.getClass().getName() + ": " + e, e);
        }
        return bytes.toByteArray();
    }

    private static <T> T deserialize(Class<T> type, byte[] bytes, ObjectInputFilter filter) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            in.setObjectInputFilter(filter);
            return type.cast(in.readObject());
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            // A class whose bytes are damaged may throw anything from its own readObject.
            throw new IpcException("cannot read a serialized object of " + bytes.length + " bytes: " + e, e);
        }
    }

    abstract Outgoing encode(T value, long identity);

    abstract T decode(Incoming message);

    abstract byte[] toBytes(T value);

    abstract T fromBytes(byte[] bytes);

    /** Whether people would name a message by its value, because it is a whole number. */
    boolean isNumber() {
        return false;
    }

    long number(T value) {
        return 0;
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Fixed<T> extends Codec<T> {
        private final int width;
        private final boolean number;
        private final ToLongFunction<T> toBits;
        private final LongFunction<T> fromBits;
        private final ToLongFunction<T> toNumber;

        Fixed(
                String name,
                int width,
                boolean number,
                ToLongFunction<T> toBits,
                LongFunction<T> fromBits,
                ToLongFunction<T> toNumber) {
            super(name);
            this.width = width;
            this.number = number;
            this.toBits = toBits;
            this.fromBits = fromBits;
            this.toNumber = toNumber;
        }

        @Override
        Outgoing encode(T value, long identity) {
            return Outgoing.ofBits(toBits.applyAsLong(value), width, identity);
        }

        @Override
        T decode(Incoming message) {
            if (message.length() != width) {
                throw new IpcException(
                        "a message of codec " + this + " has " + width + " bytes, found " + message.length());
            }
            return fromBits.apply(message.bits());
        }

        @Override
        byte[] toBytes(T value) {
            return encode(value, Incoming.UNIDENTIFIED).toBytes();
        }

        @Override
        T fromBytes(byte[] bytes) {
            return decode(Incoming.ofBytes(bytes));
        }

        @Override
        boolean isNumber() {
            return number;
        }

        @Override
        long number(T value) {
            return toNumber.applyAsLong(value);
        }
    }

    private static final class Bytes<T> extends Codec<T> {
        private final Function<? super T, byte[]> encode;
        private final Function<byte[], ? extends T> decode;

        Bytes(String name, Function<? super T, byte[]> encode, Function<byte[], ? extends T> decode) {
            super(name);
            this.encode = encode;
            this.decode = decode;
        }

        @Override
        Outgoing encode(T value, long identity) {
            return Outgoing.ofBytes(toBytes(value), identity);
        }

        @Override
        T decode(Incoming message) {
            return fromBytes(message.bytes());
        }

        @Override
        byte[] toBytes(T value) {
            byte[] bytes = encode.apply(Objects.requireNonNull(value, "null cannot be sent"));
            return Objects.requireNonNull(bytes, "the codec made null of a value");
        }

        @Override
        T fromBytes(byte[] bytes) {
            return decode.apply(bytes);
        }
    }
}
