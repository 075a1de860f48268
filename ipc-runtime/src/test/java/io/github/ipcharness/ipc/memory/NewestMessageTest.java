package io.github.ipcharness.ipc.memory;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The copy beside the tail, alone and in a ring whose records are damaged, so that only the copy can be right. */
class NewestMessageTest {

    private static final int BASE = MappedRegion.HEADER_BYTES;
    private static final int RING_BYTES = 1024;
    private static final int TAIL = BASE + 128;
    private static final int STAMP = TAIL + 8;
    private static final int COPY_HEADER = TAIL + 16;
    private static final int RECORDS = BASE + MessageRing.OVERHEAD_BYTES;

    @TempDir
    Path home;

    private Participants participants;
    private MappedRegion region;

    @BeforeEach
    void join() {
        participants = Participants.join(home);
        region = MappedRegion.openOrCreate(
                home.resolve("region"),
                RegionKind.BYTE_ARRAY,
                MessageRing.bodyBytes(RING_BYTES),
                participants.self(),
                made -> {});
    }

    @AfterEach
    void leave() {
        participants.leave();
    }

    private MessageRing ring() {
        return new MessageRing(region, BASE, RING_BYTES, 100, participants, null);
    }

    private static void put(MessageRing ring, byte[]... messages) {
        assertThat(ring.beginPut(Deadline.NEVER)).isTrue();
        for (byte[] message : messages) {
            assertThat(ring.write(Outgoing.ofBytes(message, message.length % 2 * 77)))
                    .isEqualTo(MessageRing.Put.DONE);
        }
        ring.commitPut();
        ring.endPut();
    }

    private static byte[] take(MessageRing ring) {
        Incoming message = new Incoming();
        assertThat(ring.beginTake(Deadline.NEVER)).isTrue();
        boolean found = ring.read(message);
        ring.commitTake();
        ring.endTake();
        if (!found) {
            return null;
        }
        assertThat(message.identity()).isEqualTo(message.length() % 2 * 77L);
        return message.bytes();
    }

    private static byte[] message(int length) {
        byte[] message = new byte[length];
        new Random(length).nextBytes(message);
        return message;
    }

    private void damageRecords() {
        for (int i = 0; i < RING_BYTES; i += Long.BYTES) {
            region.putLong(RECORDS + i, 0x0101_0101_0101_0101L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 16, 31, 32})
    void aShortMessageIsReadFromTheCopy(int length) {
        MessageRing ring = ring();
        put(ring, message(length));
        damageRecords();
        assertThat(take(ring)).isEqualTo(message(length));
        assertThat(take(ring)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 40, 500})
    void aLongerOneIsReadFromTheRing(int length) {
        MessageRing ring = ring();
        put(ring, message(5));
        assertThat(take(ring)).isEqualTo(message(5));
        put(ring, message(length));
        assertThat(region.getLong(STAMP)).isNotEqualTo(region.getLong(TAIL));
        assertThat(take(ring)).isEqualTo(message(length));
    }

    @Test
    void aCopyThatIsSpoiltOrDamagedIsNotRead() {
        MessageRing ring = ring();
        put(ring, message(20));
        region.putLong(STAMP, region.getLong(TAIL) ^ 1);
        region.putLong(COPY_HEADER + 16, 0);
        assertThat(take(ring)).isEqualTo(message(20));
        for (long header : new long[] {-1, 33, 25, 20 | 1L << 33, 20 | 1L << 32}) {
            put(ring, message(20));
            region.putLong(COPY_HEADER, header);
            region.putLong(COPY_HEADER + 16, 0);
            assertThat(take(ring)).as("with header %x", header).isEqualTo(message(20));
        }
    }

    @Test
    void ofTwoThatWaitNoneIsTakenForTheOther() {
        MessageRing ring = ring();
        put(ring, message(10));
        put(ring, message(11));
        assertThat(take(ring)).isEqualTo(message(10));
        assertThat(take(ring)).isEqualTo(message(11));
        put(ring, message(12), message(13));
        assertThat(take(ring)).isEqualTo(message(12));
        assertThat(take(ring)).isEqualTo(message(13));
    }

    /** Each of them knows where the tail is only as long as no other one has put. */
    @Test
    void ringsOfOneRegionPutInAnyTurnAndLoseNothing() {
        MessageRing[] rings = {ring(), ring(), ring()};
        Random random = new Random(3);
        Deque<byte[]> model = new ArrayDeque<>();
        for (int i = 0; i < 50_000; i++) {
            MessageRing ring = rings[random.nextInt(3)];
            if (model.size() < 10 && random.nextInt(5) < 3) {
                byte[][] batch = new byte[random.nextInt(3) + 1][];
                Arrays.setAll(batch, k -> message(random.nextInt(45)));
                put(ring, batch);
                model.addAll(Arrays.asList(batch));
            } else {
                assertThat(take(ring)).isEqualTo(model.poll());
            }
        }
    }

    /** As where an exception of the virtual machine's ends it. */
    @Test
    void aBatchThatIsGivenUpLeavesTheTailWhereItWas() {
        MessageRing ring = ring();
        put(ring, message(3));
        assertThat(ring.beginPut(Deadline.NEVER)).isTrue();
        assertThat(ring.write(Outgoing.ofBytes(message(4), 0))).isEqualTo(MessageRing.Put.DONE);
        ring.endPut();
        put(ring, message(6));
        assertThat(take(ring)).isEqualTo(message(3));
        assertThat(take(ring)).isEqualTo(message(6));
        assertThat(take(ring)).isNull();
    }
}
