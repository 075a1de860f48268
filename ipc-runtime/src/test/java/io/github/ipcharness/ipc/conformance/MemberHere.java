package io.github.ipcharness.ipc.conformance;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A member in the process of the test. */
final class MemberHere<P extends AutoCloseable> extends Member<P> {

    private static final Set<Thread.State> WAITING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final P party;
    private volatile Thread busy;

    MemberHere(Callable<P> opener) throws Exception {
        party = result(submit(opener));
    }

    @Override
    <R extends Serializable> R perform(Script<P, R> script) throws Exception {
        busy = Thread.currentThread();
        try {
            return script.run(party);
        } finally {
            busy = null;
        }
    }

    /**
     * Waits until what was started waits, as far as that can be seen from outside: one that spins, or waits in native code, is
     * given a moment.
     */
    void awaitWaiting(Future<?> started) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        while (!started.isDone() && System.nanoTime() < end) {
            Thread thread = busy;
            if (thread != null && WAITING.contains(thread.getState())) {
                return;
            }
            Thread.sleep(1);
        }
    }

    @Override
    void leave() throws Exception {
        party.close();
    }
}
