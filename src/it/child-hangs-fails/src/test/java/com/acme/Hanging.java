package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.util.concurrent.CountDownLatch;

public class Hanging {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            queue.put(1);
            System.err.println("waiting for the price list");
            waitForPriceList();
        }
    }

    private static void waitForPriceList() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
