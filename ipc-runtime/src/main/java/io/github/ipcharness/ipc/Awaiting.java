package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.WaitPoint;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.function.BooleanSupplier;

/** The wait of whatever is waited for in one place, and seen without taking anything. */
final class Awaiting {

    private Awaiting() {}

    /**
     * Waits until it is so, or until the deadline.
     *
     * @return whether it became so in time
     * @throws IllegalStateException if the {@link Ipc} is closed, before or meanwhile
     */
    static boolean until(BooleanSupplier isSo, WaitPoint point, long deadline, Ipc ipc) throws InterruptedException {
        ipc.ensureOpen();
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isSo.getAsBoolean()) {
            return true;
        }
        try (Waiting waiting = new Waiting(point)) {
            while (true) {
                boolean inTime = waiting.pauseInterruptibly(deadline);
                ipc.ensureOpen();
                if (isSo.getAsBoolean()) {
                    waiting.succeeded();
                    return true;
                }
                if (!inTime) {
                    return false;
                }
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }
}
