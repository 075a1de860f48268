package com.acme;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLock;
import io.github.ipcharness.ipc.SharedLong;
import java.time.Duration;

/** Asks for the lock while the other one has it. */
public class Heir {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            SharedLong held = ipc.sharedLong("held", 0);
            while (held.get() == 0) {
                held.awaitChange(0, Duration.ofSeconds(30));
            }
            SharedLock guard = ipc.lock("guard");
            System.out.println("got the lock: " + guard.acquire());
            guard.unlock();
        }
    }
}
