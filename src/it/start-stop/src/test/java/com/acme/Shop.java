package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.SharedLong;

/** A service: it takes orders, and gives receipts, until it is asked to end. */
public class Shop {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> orders = ipc.queue("orders", Codec.STRING);
            IpcQueue<String> receipts = ipc.queue("receipts", Codec.STRING);
            SharedLong sold = ipc.sharedLong("sold", 0);
            System.out.println("open for business");
            while (true) {
                try {
                    String order = orders.take();
                    sold.incrementAndGet();
                    receipts.put("receipt for " + order);
                } catch (EndOfStreamException e) {
                    // The tests that came so far are over; others may come.
                    Thread.sleep(10);
                }
            }
        }
    }
}
