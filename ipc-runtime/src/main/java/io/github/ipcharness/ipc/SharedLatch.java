package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.WaitWord;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A count that processes bring down to zero, and that others wait for: {@code java.util.concurrent.CountDownLatch}.
 *
 * <p>The count cannot be raised again; for something that is set and cleared there is {@link SharedEvent}, for a
 * meeting that repeats itself {@link SharedBarrier}.
 *
 * <p>What a thread did before {@link #countDown} happens-before what another does after an {@link #await} that the
 * count let through, in memory that both can see.
 *
 * <p><b>Crashes.</b> A process killed inside {@link #countDown} has counted or not; what it had counted before stays.
 * If it was killed before it woke those who wait, they look again within 50 ms (200 ms, if they have waited for more
 * than a second). A latch does not know who is to count: if that process dies first, those who wait without a limit
 * wait for ever. A process that is stopped (SIGSTOP) inside a call keeps nobody waiting but for what it has not
 * counted.
 *
 * <p>Nothing is recorded for the checks. Methods throw {@link IllegalStateException} once the {@link Ipc} is closed,
 * also those that wait, and {@link IpcException} where the memory underneath fails while they wait.
 */
public final class SharedLatch implements Waitable {

    private final String name;
    private final Ipc ipc;
    private final WaitWord count;

    private SharedLatch(String name, Ipc ipc, WaitWord count) {
        this.name = name;
        this.ipc = ipc;
        this.count = count;
    }

    static SharedLatch open(String name, Ipc ipc, int count) {
        Ipc.requireRange("count", 0, Integer.MAX_VALUE, count);
        MappedRegion region = ipc.region(name, RegionKind.LATCH, WaitWord.BYTES, created -> {
            created.setParameter(0, count);
            created.putLong(MappedRegion.HEADER_BYTES, count);
        });
        region.requireBody(WaitWord.BYTES);
        Ipc.requireCreatedWith(name, "count", count, region.parameter(0));
        return new SharedLatch(name, ipc, new WaitWord(region, MappedRegion.HEADER_BYTES, ipc.participants()));
    }

    /** Takes one off the count, and lets all through who wait if that was the last; at zero it does nothing. */
    public void countDown() {
        ipc.ensureOpen();
        while (true) {
            long left = count.get();
            if (left == 0) {
                return;
            }
            if (count.compareAndSet(left, left - 1)) {
                if (left == 1) {
                    count.wakeAll();
                }
                return;
            }
        }
    }

    /**
     * Waits until the count is zero, without limit.
     *
     * @throws InterruptedException if interrupted before or while waiting
     */
    public void await() throws InterruptedException {
        awaitUntil(Deadline.NEVER);
    }

    /**
     * Waits until the count is zero, at most so long; whether it was.
     *
     * @param timeout how long at most
     * @return false if the time is over
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * Waits until the count is zero, at most so long; whether it was.
     *
     * @param timeout how long at most
     * @param unit of the timeout
     * @return false if the time is over
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        return awaitUntil(Deadline.in(unit.toNanos(timeout)));
    }

    private boolean awaitUntil(long deadline) throws InterruptedException {
        return Awaiting.until(() -> count.get() == 0, count.changed(), deadline, ipc);
    }

    @Override
    public boolean isReady() {
        return getCount() == 0;
    }

    Readiness readiness() {
        return Readiness.of(ipc, count.changed(), probe -> isReady());
    }

    /**
     * What is still to be counted.
     *
     * @return 0 to 2,147,483,647
     */
    public long getCount() {
        ipc.ensureOpen();
        return count.get();
    }

    /**
     * Its name in the namespace.
     *
     * @return what it was opened by
     */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "SharedLatch[" + name + ", " + count.get() + "]";
    }
}
