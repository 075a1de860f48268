package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

/** A service: it goes on until it is asked to end. */
public class Shop {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> orders = ipc.queue("orders", Codec.STRING);
            IpcQueue<String> receipts = ipc.queue("receipts", Codec.STRING);
            while (true) {
                try {
                    receipts.put(args[0] + " has sold " + orders.take());
                } catch (EndOfStreamException e) {
                    // Whoever ordered so far is gone; others may come.
                    Thread.sleep(10);
                }
            }
        }
    }
}
