package io.github.ipcharness.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Threads of a test, which end with it; what one of them throws, the test throws. */
public final class Threads implements AutoCloseable {

    private final ExecutorService executor = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private final List<Future<?>> started = new ArrayList<>();

    /** A task that may throw. */
    public interface Task {
        void run() throws Exception;
    }

    public <T> Future<T> call(Callable<T> task) {
        Future<T> future = executor.submit(task);
        started.add(future);
        return future;
    }

    public Future<?> run(Task task) {
        return call(() -> {
            task.run();
            return null;
        });
    }

    /** Starts the task, and returns once its thread waits inside a method of this class. */
    public Future<?> waiting(Class<?> where, Task task) throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        Future<?> future = run(() -> {
            thread.complete(Thread.currentThread());
            task.run();
        });
        Thread waiter = thread.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
        Eventually.becomesTrue("a thread waits in " + where.getSimpleName(), () -> {
            if (future.isDone()) {
                throw new AssertionError("it has ended, and should wait", failure(future));
            }
            return Eventually.isIn(waiter, where);
        });
        return future;
    }

    private static Throwable failure(Future<?> ended) throws InterruptedException {
        try {
            ended.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    /** What the task throws that is interrupted once it waits inside a method of this class. */
    static Throwable thrownWhenInterrupted(Class<?> where, Task task) throws Exception {
        FutureTask<Void> future = new FutureTask<>(() -> {
            task.run();
            return null;
        });
        Thread thread = new Thread(future);
        thread.setDaemon(true);
        thread.start();
        Eventually.waitsIn(thread, where);
        thread.interrupt();
        try {
            future.get(Child.LIMIT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    public static <T> T result(Future<T> future) throws Exception {
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
