package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.Signals;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/** A condition of a {@link SharedLock}; what it promises is written at {@link SharedLock#newCondition(String)}. */
final class SharedCondition implements Condition {

    private final String name;
    private final Ipc ipc;
    private final SharedLock lock;
    private final Signals signals;

    private SharedCondition(String name, Ipc ipc, SharedLock lock, Signals signals) {
        this.name = name;
        this.ipc = ipc;
        this.lock = lock;
        this.signals = signals;
    }

    /** @param part the condition's name within its lock; null for the one that has none */
    static SharedCondition open(String part, Ipc ipc, SharedLock lock) {
        try {
            MappedRegion region = ipc.regionOf(lock.name(), part, RegionKind.CONDITION, Signals.BYTES, created -> {});
            region.requireBody(Signals.BYTES);
            Signals signals = new Signals(region, MappedRegion.HEADER_BYTES, ipc.participants());
            return new SharedCondition(part, ipc, lock, signals);
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    @Override
    public void await() throws InterruptedException {
        awaitUntil(Deadline.NEVER, true);
    }

    @Override
    public void awaitUninterruptibly() {
        try {
            awaitUntil(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("it is not interrupted", e);
        }
    }

    @Override
    public long awaitNanos(long nanosTimeout) throws InterruptedException {
        long deadline = Deadline.in(nanosTimeout);
        awaitUntil(deadline, true);
        return deadline == Deadline.NEVER ? Long.MAX_VALUE : deadline - System.nanoTime();
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return awaitUntil(Deadline.in(unit.toNanos(time)), true);
    }

    @Override
    public boolean awaitUntil(Date date) throws InterruptedException {
        long now = System.currentTimeMillis();
        long millis = date.getTime() <= now ? 0 : date.getTime() - now;
        return awaitUntil(Deadline.in(TimeUnit.MILLISECONDS.toNanos(millis)), true);
    }

    /** Whether it was signalled in time. */
    private boolean awaitUntil(long deadline, boolean interruptible) throws InterruptedException {
        lock.requireHeld();
        ipc.ensureOpen();
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        Wait wait = new Wait(interruptible);
        try {
            wait.entry = signals.enter();
            wait.holds = lock.giveUp();
            wait.run(deadline);
        } catch (RegionException e) {
            throw new IpcException(e);
        } finally {
            wait.end();
        }
        if (wait.interrupt != null) {
            throw wait.interrupt;
        }
        return wait.signalled;
    }

    /** One wait of one thread, which ends with what it began with, however it ends. */
    private final class Wait {
        private final boolean interruptible;
        private Signals.Entry entry;
        private int holds;
        private boolean signalled;
        private boolean interrupted;
        private InterruptedException interrupt;

        Wait(boolean interruptible) {
            this.interruptible = interruptible;
        }

        void run(long deadline) {
            try (Waiting waiting = new Waiting(signals.waiters())) {
                boolean inTime = true;
                while (!entry.isSignalled() && inTime && interrupt == null) {
                    inTime = pause(waiting, deadline);
                    ipc.ensureOpen();
                    if (waiting.isTimeToProbe()) {
                        signals.replaceTheDead();
                    }
                }
                signalled = !entry.cancel();
                if (signalled) {
                    waiting.succeeded();
                }
                if (signalled && interrupt != null) {
                    // The signal came first.
                    interrupt = null;
                    interrupted = true;
                }
            }
        }

        private boolean pause(Waiting waiting, long deadline) {
            try {
                return waiting.pauseInterruptibly(deadline);
            } catch (InterruptedException e) {
                if (interruptible) {
                    interrupt = e;
                } else {
                    interrupted = true;
                }
                return true;
            }
        }

        void end() {
            try {
                if (holds > 0) {
                    lock.takeAgain(holds);
                }
            } finally {
                if (entry != null && !entry.cancel()) {
                    // Not before the lock is there: if this process died without it, the signal is another one's.
                    entry.leave();
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Override
    public void signal() {
        lock.requireHeld();
        ipc.ensureOpen();
        try {
            signals.signal();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    @Override
    public void signalAll() {
        lock.requireHeld();
        ipc.ensureOpen();
        try {
            signals.signalAll();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    @Override
    public String toString() {
        return "SharedCondition[" + (name == null ? "" : name + ", ") + "of " + lock.name() + "]";
    }
}
