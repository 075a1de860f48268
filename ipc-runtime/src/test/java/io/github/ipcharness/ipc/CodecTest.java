package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out, and what cannot have gone in is refused, not guessed. */
@Timeout(value = Child.LIMIT_SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CodecTest {

    private static final ObjectInputFilter BIG_INTEGERS =
            ObjectInputFilter.Config.createFilter("java.math.BigInteger;java.lang.Number;!*");

    @TempDir(factory = SharedMemory.class)
    Path home;

    static Stream<Arguments> valuesOfEachCodec() {
        return Stream.of(
                Arguments.of(Codec.INT, List.of(0, 1, -1, 0x8000_0000, Integer.MAX_VALUE, 0x0102_0304), 4),
                Arguments.of(Codec.LONG, List.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32), 8),
                Arguments.of(
                        Codec.DOUBLE,
                        List.of(
                                0.0,
                                -0.0,
                                1.5,
                                Double.MIN_VALUE,
                                -Double.MAX_VALUE,
                                Double.NEGATIVE_INFINITY,
                                Double.NaN),
                        8),
                Arguments.of(Codec.BOOLEAN, List.of(true, false), 1),
                Arguments.of(
                        Codec.STRING,
                        List.of(
                                "",
                                "a",
                                "1234567",
                                "12345678",
                                "123456789",
                                "äöü",
                                "\0",
                                "\uFFFD",
                                "\uD83D\uDE00",
                                "x".repeat(100_000)),
                        -1),
                Arguments.of(
                        Codec.BYTES,
                        List.of(
                                new byte[0],
                                new byte[1],
                                new byte[] {-1, 0, 1},
                                bytes(7),
                                bytes(8),
                                bytes(9),
                                bytes(1 << 20)),
                        -1),
                Arguments.of(
                        Codec.of(BigInteger::toByteArray, BigInteger::new),
                        List.of(BigInteger.ZERO, BigInteger.TWO.pow(1000)),
                        -1),
                Arguments.of(
                        Codec.serialized(BigInteger.class, BIG_INTEGERS),
                        List.of(BigInteger.ZERO, BigInteger.TWO.pow(1000)),
                        -1));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("valuesOfEachCodec")
    <T> void whatGoesInComesOut(Codec<T> codec, List<T> values, int width) {
        for (T value : values) {
            byte[] bytes = codec.toBytes(value);
            assertThat(codec.fromBytes(bytes)).isEqualTo(value);
            if (width >= 0) {
                assertThat(bytes).hasSize(width);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valuesOfEachCodec")
    <T> void itComesOutOfEverythingThatCarriesMessages(Codec<T> codec, List<T> values, int width) throws Exception {
        try (Ipc here = Ipc.open(home);
                Ipc there = Ipc.open(home)) {
            IpcQueue<T> in = here.queue("q", codec);
            IpcQueue<T> out = there.queue("q", codec);
            Connection<T> left = here.pipe("p", codec, End.A);
            Connection<T> right = there.pipe("p", codec, End.B);
            SharedValue<T> written = here.value("v", codec, 1 << 20);
            SharedValue<T> read = there.value("v", codec, 1 << 20);
            for (T value : values) {
                in.put(value);
                assertThat(out.poll(1, TimeUnit.HOURS)).isEqualTo(value);
                left.send(value);
                assertThat(right.receive(Duration.ofHours(1))).isEqualTo(value);
                written.set(value);
                assertThat(read.get()).isEqualTo(value);
            }
        }
    }

    @Test
    void notANumberKeepsItsBits() {
        long bits = 0x7FF8_0000_0000_1234L;
        assertThat(Double.doubleToRawLongBits(
                        Codec.DOUBLE.fromBytes(Codec.DOUBLE.toBytes(Double.longBitsToDouble(bits)))))
                .isEqualTo(bits);
    }

    @ParameterizedTest
    @MethodSource("valuesOfEachCodec")
    <T> void nullIsNoValue(Codec<T> codec, List<T> values, int width) {
        assertThatThrownBy(() -> codec.toBytes(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> codec.encode(null, 0)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void aCodecOfTheUsersIsMadeOfTwoFunctions() {
        assertThatThrownBy(() -> Codec.of(null, String::new))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("encode");
        assertThatThrownBy(() -> Codec.of((String value) -> value.getBytes(StandardCharsets.UTF_8), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("decode");
    }

    @Test
    void thereIsNoSerializationWithoutAFilter() {
        assertThatThrownBy(() -> Codec.serialized(BigInteger.class, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("filter");
        assertThatThrownBy(() -> Codec.serialized(null, BIG_INTEGERS))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("type");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 9, 100})
    void aNumberOfAnotherWidthIsRefused(int length) {
        for (Codec<?> codec : List.of(Codec.INT, Codec.LONG, Codec.DOUBLE, Codec.BOOLEAN)) {
            int width = codec == Codec.BOOLEAN ? 1 : codec == Codec.INT ? 4 : 8;
            if (length != width) {
                assertThatThrownBy(() -> codec.fromBytes(new byte[length]))
                        .isInstanceOf(IpcException.class)
                        .hasMessageContaining("codec " + codec)
                        .hasMessageContaining(width + " bytes")
                        .hasMessageEndingWith("found " + length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {2, 3, -1, 64, -128})
    void whatIsNeitherTrueNorFalseIsRefused(byte found) {
        assertThatThrownBy(() -> Codec.BOOLEAN.fromBytes(new byte[] {found}))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("BOOLEAN")
                .hasMessageContaining("0 or 1")
                .hasMessageEndingWith("found " + (found & 0xFF));
    }

    static Stream<byte[]> bytesThatAreNoText() {
        return Stream.of(
                new byte[] {(byte) 0xFF},
                new byte[] {'a', (byte) 0x80},
                new byte[] {(byte) 0xC3, '('},
                // Cut short; too long for what it says; half of a surrogate pair.
                new byte[] {(byte) 0xE2, (byte) 0x82},
                new byte[] {(byte) 0xC0, (byte) 0x80},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80});
    }

    @ParameterizedTest
    @MethodSource("bytesThatAreNoText")
    void bytesThatAreNoTextAreRefusedAndNotReplaced(byte[] bytes) {
        assertThatThrownBy(() -> Codec.STRING.fromBytes(bytes))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("STRING")
                .hasMessageContaining("UTF-8")
                .hasMessageContaining(bytes.length + " bytes");
    }

    @Test
    void halfOfASurrogatePairIsSentAsAQuestionMark() {
        assertThat(Codec.STRING.fromBytes(Codec.STRING.toBytes("a\uD83Db"))).isEqualTo("a?b");
    }

    @Test
    void aMessageThatCannotBeReadIsTakenAndTheNextOneIsRead() throws Exception {
        Codec<byte[]> raw = Codec.of(bytes -> bytes, bytes -> bytes);
        try (Ipc here = Ipc.open(home);
                Ipc there = Ipc.open(home)) {
            IpcQueue<byte[]> in = here.queue("q", raw);
            IpcQueue<String> out = there.queue("q", Codec.STRING);
            in.put(new byte[] {(byte) 0xFF});
            in.put("next".getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(out::take).isInstanceOf(IpcException.class).hasMessageContaining("UTF-8");
            assertThat(out.take()).isEqualTo("next");
        }
    }

    @Test
    void theSenderMayUseItsArrayAgainAndEachReaderHasOneOfItsOwn() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            IpcQueue<byte[]> queue = ipc.queue("q", Codec.BYTES);
            byte[] sent = bytes(100);
            byte[] expected = sent.clone();
            queue.put(sent);
            Arrays.fill(sent, (byte) 0);
            byte[] peeked = queue.peek();
            assertThat(peeked).isEqualTo(expected);
            Arrays.fill(peeked, (byte) 0);
            assertThat(queue.take()).isEqualTo(expected);
        }
    }

    @Test
    void whatTheFilterDoesNotLetThroughIsRefused() throws Exception {
        Codec<BigInteger> codec = Codec.serialized(BigInteger.class, BIG_INTEGERS);
        byte[] forbidden = serialized(new ArrayList<>(List.of(1)));
        assertThatThrownBy(() -> codec.fromBytes(forbidden))
                .isInstanceOf(IpcException.class)
                .hasCauseInstanceOf(InvalidClassException.class)
                .hasMessageContaining("serialized")
                .hasMessageContaining(forbidden.length + " bytes");
    }

    @Test
    void aSerializedObjectOfAnotherTypeIsRefused() throws Exception {
        Codec<BigInteger> codec =
                Codec.serialized(BigInteger.class, ObjectInputFilter.Config.createFilter("java.base/*;!*"));
        byte[] other = serialized(17);
        assertThatThrownBy(() -> codec.fromBytes(other))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("java.math.BigInteger")
                .hasMessageContaining("java.lang.Integer");
    }

    @Test
    void damagedSerializedObjectsAreRefusedWhereverTheyAreDamaged() throws Exception {
        Codec<BigInteger> codec = Codec.serialized(BigInteger.class, BIG_INTEGERS);
        byte[] whole = serialized(BigInteger.TWO.pow(100));
        for (int length = 0; length < whole.length; length++) {
            byte[] torn = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.fromBytes(torn)).isInstanceOf(IpcException.class);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x55;
            try {
                codec.fromBytes(damaged);
            } catch (IpcException e) {
                assertThat(e).hasMessageContaining("serialized");
            }
        }
    }

    private static byte[] serialized(Serializable object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private record Holder(Object held) implements Serializable {}

    @Test
    void whatCannotBeSerializedIsRefusedByName() {
        Codec<Holder> codec = Codec.serialized(Holder.class, BIG_INTEGERS);
        assertThatThrownBy(() -> codec.toBytes(new Holder(Thread.currentThread())))
                .isInstanceOf(IpcException.class)
                .hasMessageContaining("Holder")
                .hasMessageContaining("java.lang.Thread");
    }

    @Test
    void eachIsCalledByItsName() {
        assertThat(List.of(Codec.INT, Codec.LONG, Codec.DOUBLE, Codec.BOOLEAN, Codec.STRING, Codec.BYTES))
                .extracting(Codec::toString)
                .containsExactly("INT", "LONG", "DOUBLE", "BOOLEAN", "STRING", "BYTES");
    }
}
