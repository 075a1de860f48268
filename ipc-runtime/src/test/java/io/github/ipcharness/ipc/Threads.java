package io.github.ipcharness.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads of a test, which end with it; what one of them throws, the test throws. */
final class Threads implements AutoCloseable {

    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> started = new ArrayList<>();

    /** A task that may throw. */
    interface Task {
        void run() throws Exception;
    }

    <T> Future<T> call(Callable<T> task) {
        Future<T> future = executor.submit(task);
        started.add(future);
        return future;
    }

    Future<?> run(Task task) {
        return call(() -> {
            task.run();
            return null;
        });
    }

    static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw e;
        }
    }

    void awaitAll() throws Exception {
        for (Future<?> future : started) {
            result(future);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
