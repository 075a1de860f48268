package io.github.ipcharness.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large message is copied once on its way in and once on its way out: no other memory of its size is asked for. */
class LargeMessagesTest {

    private static final int MIB = 1 << 20;

    @TempDir(factory = SharedMemory.class)
    Path home;

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** Bytes of heap that the call asks for, on this thread. */
    private static long allocated(Callable<?> call) throws Exception {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        call.call();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aMessageInTheRingAsksForTheReceiversArrayAndNothingElse() throws Exception {
        byte[] message = new byte[16 * MIB];
        new Random(1).nextBytes(message);
        try (Ipc ipc = Ipc.open(home)) {
            IpcQueue<byte[]> queue =
                    ipc.queue("q", Codec.BYTES, QueueOptions.defaults().withBytes(32 * MIB));
            queue.put(message);
            queue.take();
            long direct = directMemory();
            byte[][] taken = new byte[1][];
            assertThat(allocated(() -> {
                        queue.put(message);
                        return null;
                    }))
                    .isLessThan(MIB);
            assertThat(allocated(() -> taken[0] = queue.take())).isBetween(16L * MIB, 17L * MIB);
            assertThat(directMemory() - direct).isLessThan(MIB);
            assertThat(taken[0]).isEqualTo(message);
        }
    }

    @Test
    void aFileBesideTheRingTakesNoBufferOfItsSizeOutsideTheHeap() throws Exception {
        try (Ipc ipc = Ipc.open(home)) {
            IpcQueue<byte[]> queue =
                    ipc.queue("q", Codec.BYTES, QueueOptions.defaults().withBytes(1024));
            long direct = directMemory();
            queue.put(new byte[64 * MIB]);
            assertThat(queue.take()).hasSize(64 * MIB);
            assertThat(directMemory() - direct).isLessThan(MIB);
        }
    }
}
