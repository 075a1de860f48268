package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.WaitPoint;

/** What a {@link Waitable} shows to {@link Ipc} and to nobody else. */
interface Readiness {

    Ipc ipc();

    /** Rung after it has become ready. */
    WaitPoint point();

    /** @param probe whether the wait has become long enough to ask the kernel who is dead */
    boolean isReady(boolean probe);

    static Readiness of(Waitable waitable) {
        // Each arm is a class that the interface permits: what they show here is not for their users.
        if (waitable instanceof IpcQueue<?> queue) {
            return queue.readiness();
        }
        if (waitable instanceof Connection<?> connection) {
            return connection.readiness();
        }
        if (waitable instanceof SharedLatch latch) {
            return latch.readiness();
        }
        return ((SharedEvent) waitable).readiness();
    }

    static Readiness of(Ipc ipc, WaitPoint point, Look look) {
        return new Readiness() {
            @Override
            public Ipc ipc() {
                return ipc;
            }

            @Override
            public WaitPoint point() {
                return point;
            }

            @Override
            public boolean isReady(boolean probe) {
                return look.isReady(probe);
            }
        };
    }

    /** As {@link #isReady(boolean)}. */
    @FunctionalInterface
    interface Look {
        boolean isReady(boolean probe);
    }
}
