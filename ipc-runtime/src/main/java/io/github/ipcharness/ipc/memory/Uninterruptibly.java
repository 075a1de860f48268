package io.github.ipcharness.ipc.memory;

import java.util.concurrent.Callable;

/**
 * Runs file work where no user thread passes.
 *
 * <p>A thread that is interrupted inside a {@link java.nio.channels.FileChannel} call closes that channel, and with it
 * every file lock that the process holds on the file. The lock that says "I live" would be gone, and others would take
 * over the locks of a process that is well. So opening, locking, filling and mapping happen on a thread of their own,
 * which nobody can interrupt; the caller waits for it and keeps its interrupt for later.
 */
public final class Uninterruptibly {

    private Uninterruptibly() {}

    public static <T> T call(String what, Callable<T> work) throws Exception {
        Work<T> job = new Work<>(work);
        Thread thread = new Thread(job, "ipc-" + what);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return job.result();
    }

    private static final class Work<T> implements Runnable {
        private final Callable<T> work;
        private T result;
        private Throwable failure;

        Work(Callable<T> work) {
            this.work = work;
        }

        @Override
        public void run() {
            try {
                result = work.call();
            } catch (Throwable t) {
                failure = t;
            }
        }

        T result() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            if (failure instanceof Exception exception) {
                throw exception;
            }
            return result;
        }
    }
}
