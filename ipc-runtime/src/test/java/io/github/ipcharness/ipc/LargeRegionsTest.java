package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More than 2 GiB, in earnest: skipped where the machine has no room for it. */
class LargeRegionsTest {

    private static final long GIB = 1L << 30;
    private static final int MIB = 1 << 20;

    @TempDir(factory = SharedMemory.class)
    Path home;

    /** Twice what the test takes: others on this machine need room as well. */
    private void requireRoom(long bytes) throws IOException {
        long free = Math.min(Files.getFileStore(home).getUsableSpace(), memory());
        assumeTrue(
                free >= 2 * bytes,
                () -> "needs " + 2 * bytes + " bytes of shared memory, " + (2 * bytes - free) + " are missing");
    }

    private static long memory() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (line.startsWith("MemAvailable:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("no MemAvailable in /proc/meminfo");
    }

    /** Reads what the other process wrote, and answers beside it. */
    static void answer(String[] args) {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            long length = Long.parseLong(args[1]);
            SharedByteArray array = ipc.byteArray("large", length);
            for (long border : new long[] {GIB, 2 * GIB, length - 2000}) {
                byte[] found = new byte[1000];
                array.get(border - 500, found, 0, found.length);
                for (int i = 0; i < found.length; i++) {
                    found[i]++;
                }
                array.set(border + 500, found, 0, found.length);
            }
            Child.say(array.get(length - 1));
        }
    }

    @Test
    void anArrayOfMoreThanTwoGibibytesIsSharedAcrossItsBorders() throws Exception {
        long length = 2 * GIB + 16 * MIB;
        requireRoom(length);
        try (Ipc ipc = Ipc.open(home)) {
            SharedByteArray array = ipc.byteArray("large", length);
            assertThat(array.length()).isEqualTo(length);
            byte[] written = new byte[1000];
            for (int i = 0; i < written.length; i++) {
                written[i] = (byte) (i * 31);
            }
            long[] borders = {GIB, 2 * GIB, length - 2000};
            for (long border : borders) {
                array.set(border - 500, written, 0, written.length);
            }
            array.set(length - 1, (byte) 99);
            try (Child child = Child.start(LargeRegionsTest.class, "answer", home, length)) {
                child.expect(99);
                child.awaitEnd();
            }
            for (int i = 0; i < written.length; i++) {
                written[i]++;
            }
            for (long border : borders) {
                byte[] found = new byte[1000];
                array.get(border + 500, found, 0, found.length);
                assertThat(found).isEqualTo(written);
            }
        }
    }

    /** Takes messages until it is told how many were enough. */
    static void drain(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(args[0]))) {
            IpcQueue<byte[]> queue = ipc.queue("large", Codec.BYTES);
            int count = Integer.parseInt(args[1]);
            for (int i = 0; i < count; i++) {
                byte[] message = queue.take();
                byte[] expected = new byte[MIB - 8 * (i % 7)];
                Arrays.fill(expected, (byte) i);
                if (!Arrays.equals(message, expected)) {
                    throw new IllegalStateException("message " + i + " is another one, of " + message.length);
                }
            }
            Child.say(count);
        }
    }

    @Test
    void aRingOfTwoGibibytesGoesRound() throws Exception {
        long bytes = 2 * GIB;
        requireRoom(bytes);
        int count = (int) (bytes / MIB) + 100;
        try (Ipc ipc = Ipc.open(home)) {
            IpcQueue<byte[]> queue =
                    ipc.queue("large", Codec.BYTES, QueueOptions.defaults().withBytes(bytes));
            try (Child child = Child.start(LargeRegionsTest.class, "drain", home, count)) {
                for (int i = 0; i < count; i++) {
                    byte[] message = new byte[MIB - 8 * (i % 7)];
                    Arrays.fill(message, (byte) i);
                    queue.put(message);
                }
                child.expect(count);
                child.awaitEnd();
            }
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Test
    void aNumberBehindTwoGibibytesIsAtomic() throws Exception {
        int length = (int) (2 * GIB / Long.BYTES) + 1000;
        requireRoom((long) length * Long.BYTES);
        try (Ipc here = Ipc.open(home);
                Ipc there = Ipc.open(home)) {
            SharedLongArray mine = here.longArray("large", length);
            SharedLongArray theirs = there.longArray("large", length);
            // The word before the second window, the first of it, and the last one.
            for (int index : new int[] {(int) (GIB / 8) - 17, (int) (GIB / 8) - 16, length - 1}) {
                assertThat(mine.getAndAdd(index, 5)).isZero();
                assertThat(theirs.compareAndSet(index, 5, -7)).isTrue();
                assertThat(mine.getAndSet(index, 1)).isEqualTo(-7);
                assertThat(theirs.get(index)).isEqualTo(1);
            }
        }
    }
}
