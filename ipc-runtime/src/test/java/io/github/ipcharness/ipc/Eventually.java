package io.github.ipcharness.ipc;

import java.util.concurrent.Callable;

/** Waits on a condition, with a limit that only a hang reaches. */
final class Eventually {

    private Eventually() {}

    public static void becomesTrue(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Child.LIMIT_SECONDS * 1_000_000_000;
        while (!condition.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("never came true: " + what);
            }
            Thread.sleep(1);
        }
    }

    /** Waits until the thread sleeps or waits inside a method of this class. */
    public static void waitsIn(Thread thread, Class<?> type) throws Exception {
        becomesTrue(thread + " waits in " + type.getSimpleName(), () -> isIn(thread, type));
    }

    static boolean isIn(Thread thread, Class<?> type) {
        for (StackTraceElement element : thread.getStackTrace()) {
            if (element.getClassName().equals(type.getName())) {
                return true;
            }
        }
        return false;
    }
}
