package com.acme;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLong;
import java.util.concurrent.CountDownLatch;

/** Takes the lock, says so, and never gives it back. */
public class Owner {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            SharedLong held = ipc.sharedLong("held", 0);
            ipc.lock("guard").lock();
            held.set(1);
            new CountDownLatch(1).await();
        }
    }
}
