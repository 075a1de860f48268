package io.github.ipcharness.ipc.conformance;

import java.io.Serializable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One who takes part in a test: in this process, or in one of its own. Each has a thread of its own, on which all that it
 * does is done one after another, because a lock belongs to a thread.
 */
abstract class Member<P extends AutoCloseable> {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread own = new Thread(task, "member");
        own.setDaemon(true);
        return own;
    });

    /** Does it, on the thread of this member. */
    abstract <R extends Serializable> R perform(Script<P, R> script) throws Exception;

    /** Closes what it has opened, unless it was killed. */
    abstract void leave() throws Exception;

    <R extends Serializable> Future<R> start(Script<P, R> script) {
        return submit(() -> perform(script));
    }

    /** Does it, and waits until it is done. */
    <R extends Serializable> R call(Script<P, R> script) throws Exception {
        return result(start(script));
    }

    final <R> Future<R> submit(Callable<R> task) {
        return thread.submit(task);
    }

    final void end() throws Exception {
        try {
            result(submit(() -> {
                leave();
                return null;
            }));
        } finally {
            thread.shutdownNow();
        }
    }

    /** What came of it; what it threw is thrown here. */
    static <R> R result(Future<R> future) throws Exception {
        try {
            return future.get(Conformance.limit().toSeconds() + 10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "it is not done after " + Conformance.limit().plusSeconds(10), e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception) {
                throw (Exception) e.getCause();
            }
            throw (Error) e.getCause();
        }
    }
}
