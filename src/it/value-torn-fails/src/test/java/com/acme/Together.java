package com.acme;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedInt;
import java.time.Duration;

/** Both programs begin at the same moment, or the bug would not be met. */
final class Together {

    private Together() {}

    static void start(Ipc ipc) throws InterruptedException {
        SharedInt here = ipc.sharedInt("here", 0);
        int seen = here.incrementAndGet();
        while (seen < 2) {
            seen = here.awaitChange(seen, Duration.ofSeconds(30));
        }
    }
}
