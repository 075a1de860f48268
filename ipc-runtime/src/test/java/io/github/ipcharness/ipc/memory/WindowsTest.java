package io.github.ipcharness.ipc.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regions of many windows, which are small here, beside the same region mapped in one. */
class WindowsTest {

    private static final int SHIFT = 10;
    private static final int WINDOW = 1 << SHIFT;

    @TempDir
    Path home;

    private Participants participants;

    @BeforeEach
    void join() {
        participants = Participants.join(home);
    }

    @AfterEach
    void leave() {
        participants.leave();
    }

    private MappedRegion region(long bytes, int shift) {
        return MappedRegion.openOrCreate(
                home.resolve("region"),
                RegionKind.BYTE_ARRAY,
                bytes - MappedRegion.HEADER_BYTES,
                participants.self(),
                made -> {},
                shift);
    }

    @ParameterizedTest
    @ValueSource(ints = {WINDOW, 2 * WINDOW - 1, 2 * WINDOW, 2 * WINDOW + 1, 11 * WINDOW - 24, 11 * WINDOW})
    void whatIsCopiedAcrossBordersIsWhatLiesThere(int size) {
        MappedRegion split = region(size, SHIFT);
        MappedRegion whole = region(size, 30);
        assertThat(split.size()).isEqualTo(size);
        Random random = new Random(size);
        byte[] model = new byte[size];
        whole.getBytes(0, model, 0, size);
        for (int i = 0; i < 3000; i++) {
            int from = MappedRegion.HEADER_BYTES + random.nextInt(size - MappedRegion.HEADER_BYTES);
            byte[] part = new byte[random.nextInt(Math.min(size - from, 1 << random.nextInt(14)) + 1)];
            random.nextBytes(part);
            (random.nextBoolean() ? split : whole).putBytes(from, part, 0, part.length);
            System.arraycopy(part, 0, model, from, part.length);
            byte[] found = new byte[part.length];
            (random.nextBoolean() ? split : whole).getBytes(from, found, 0, found.length);
            assertThat(found).isEqualTo(part);
        }
        byte[] found = new byte[size];
        split.getBytes(0, found, 0, size);
        assertThat(found).isEqualTo(model);
    }

    @Test
    void everyWordAndByteIsWhereItIsInOneWindow() {
        int size = 5 * WINDOW + 64;
        MappedRegion split = region(size, SHIFT);
        MappedRegion whole = region(size, 30);
        for (int i = MappedRegion.HEADER_BYTES; i < size; i += Long.BYTES) {
            split.putLong((long) i, i);
            assertThat(whole.getLong(i)).isEqualTo(i);
            assertThat(split.getAndAddLong((long) i, 5)).isEqualTo(i);
            assertThat(split.compareAndSetLong((long) i, i + 5, -i)).isTrue();
            assertThat(whole.getLongVolatile(i)).isEqualTo(-i);
            assertThat(split.getAndSetLong((long) i, 7L * i)).isEqualTo(-i);
            whole.putByte(i + 3, (byte) i);
            assertThat(split.getByte(i + 3)).isEqualTo((byte) i);
            assertThat(split.getLongVolatile((long) i)).isEqualTo(whole.getLong((long) i));
        }
    }

    @Test
    void nothingIsReadOrWrittenBehindTheEnd() {
        for (int shift : new int[] {SHIFT, 30}) {
            MappedRegion region = region(4 * WINDOW, shift);
            for (long from : new long[] {4 * WINDOW, 4 * WINDOW - 9, -1, 1L << 40, Long.MAX_VALUE}) {
                assertThatThrownBy(() -> region.getBytes(from, new byte[10], 0, 10))
                        .isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> region.putBytes(from, new byte[10], 0, 10))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    /** The ring begins in the middle of a window, so that records and their words lie on every side of the borders. */
    @Test
    void messagesGoRoundARingOfManyWindows() {
        int base = MappedRegion.HEADER_BYTES;
        int ringBytes = 8 * WINDOW;
        long size = base + MessageRing.bodyBytes(ringBytes);
        MappedRegion split = region(size, SHIFT);
        MappedRegion whole = region(size, 30);
        MessageRing in = new MessageRing(split, base, ringBytes, 1000, participants, null);
        MessageRing out = new MessageRing(whole, base, ringBytes, 1000, participants, null);
        Random random = new Random(1);
        Deque<byte[]> model = new ArrayDeque<>();
        int put = 0;
        while (put < 20_000) {
            byte[] message = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(message);
            Outgoing outgoing = Outgoing.ofBytes(message, random.nextInt(2) * (put + 1L));
            MessageRing one = random.nextBoolean() ? in : out;
            assertThat(one.beginPut(Deadline.NEVER)).isTrue();
            boolean done = one.write(outgoing) == MessageRing.Put.DONE;
            one.commitPut();
            one.endPut();
            if (done) {
                model.add(message);
                put++;
            }
            while (!model.isEmpty() && (!done || random.nextInt(3) == 0)) {
                takeOne(random.nextBoolean() ? in : out, model.remove());
                done = true;
            }
        }
        while (!model.isEmpty()) {
            takeOne(in, model.remove());
        }
        assertThat(out.isEmpty()).isTrue();
    }

    private static void takeOne(MessageRing ring, byte[] expected) {
        Incoming incoming = new Incoming();
        assertThat(ring.beginTake(Deadline.NEVER)).isTrue();
        assertThat(ring.read(incoming)).isTrue();
        ring.commitTake();
        ring.endTake();
        assertThat(Arrays.equals(incoming.bytes(), expected)).isTrue();
    }
}
