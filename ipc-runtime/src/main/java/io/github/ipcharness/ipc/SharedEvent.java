package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.WaitWord;
import java.time.Duration;
import java.util.Objects;

/**
 * A flag that processes set, clear and wait for: {@code multiprocessing.Event}.
 *
 * <p>An await returns if the flag is set, and also if it was set and cleared again since the await began: no set passes
 * unseen by those who were waiting for it.
 *
 * <p>What a thread did before {@link #set} happens-before what another does after an {@link #await} which that set let
 * through, in memory that both can see. A set that finds the flag set changes nothing, and promises nothing.
 *
 * <p><b>Crashes.</b> A process killed inside a call has done it or not; what was set stays set, whoever died. If it was
 * killed before it woke those who wait, they look again within 50 ms (200 ms, if they have waited for more than a
 * second). A process that is stopped (SIGSTOP) inside a call keeps nobody waiting.
 *
 * <p>Nothing is recorded for the checks. Methods throw {@link IllegalStateException} once the {@link Ipc} is closed,
 * also those that wait, and {@link IpcException} where the memory underneath fails while they wait.
 */
public final class SharedEvent implements Waitable {

    // The word is how often the flag was set, times two, and the flag: so a set is seen by who looks after a clear.
    private static final long FLAG = 1;
    private static final long ONE_SET = 2;

    private final String name;
    private final Ipc ipc;
    private final WaitWord word;

    private SharedEvent(String name, Ipc ipc, WaitWord word) {
        this.name = name;
        this.ipc = ipc;
        this.word = word;
    }

    static SharedEvent open(String name, Ipc ipc) {
        MappedRegion region = ipc.region(name, RegionKind.EVENT, WaitWord.BYTES, created -> {});
        region.requireBody(WaitWord.BYTES);
        return new SharedEvent(name, ipc, new WaitWord(region, MappedRegion.HEADER_BYTES, ipc.participants()));
    }

    /**
     * Sets the flag and lets all through who wait; false if it was set already.
     *
     * @return whether this call set it
     */
    public boolean set() {
        ipc.ensureOpen();
        while (true) {
            long found = word.get();
            if (isSet(found)) {
                return false;
            }
            if (word.compareAndSet(found, (found + ONE_SET) | FLAG)) {
                word.wakeAll();
                return true;
            }
        }
    }

    /**
     * Takes the flag back; false if it was not set.
     *
     * @return whether this call cleared it
     */
    public boolean clear() {
        ipc.ensureOpen();
        while (true) {
            long found = word.get();
            if (!isSet(found)) {
                return false;
            }
            if (word.compareAndSet(found, found & ~FLAG)) {
                return true;
            }
        }
    }

    /**
     * Whether the flag is set now. What a thread did before the {@link #set} that set it happens-before what another
     * does after it was seen here, in memory that both can see.
     *
     * @return whether it is set
     */
    public boolean isSet() {
        ipc.ensureOpen();
        return isSet(word.get());
    }

    @Override
    public boolean isReady() {
        return isSet();
    }

    Readiness readiness() {
        return Readiness.of(ipc, word.changed(), probe -> isSet());
    }

    private static boolean isSet(long found) {
        return (found & FLAG) != 0;
    }

    /**
     * Waits until the flag is set, without limit.
     *
     * @throws InterruptedException if interrupted before or while waiting
     */
    public void await() throws InterruptedException {
        awaitUntil(Deadline.NEVER);
    }

    /**
     * Waits until the flag is set, at most so long; whether it was.
     *
     * @param timeout how long at most
     * @return false if the time is over
     * @throws InterruptedException if interrupted before or while waiting
     */
    public boolean await(Duration timeout) throws InterruptedException {
        return awaitUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    private boolean awaitUntil(long deadline) throws InterruptedException {
        long before = word.get() & ~FLAG;
        return Awaiting.until(
                () -> {
                    long found = word.get();
                    return isSet(found) || found != before;
                },
                word.changed(),
                deadline,
                ipc);
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
        return "SharedEvent[" + name + (isSet(word.get()) ? ", set]" : ", clear]");
    }
}
