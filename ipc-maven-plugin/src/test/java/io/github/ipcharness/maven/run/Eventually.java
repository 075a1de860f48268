package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for a condition, with a limit that only a broken program reaches. */
final class Eventually {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Eventually() {}

    static void holds(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                fail("not after " + LIMIT + ": " + what);
            }
            Thread.sleep(5);
        }
    }

    static void isDead(long pid) throws Exception {
        holds(
                "the end of process " + pid,
                () -> ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true));
    }
}
