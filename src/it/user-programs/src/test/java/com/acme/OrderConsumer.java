package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

/** A service: it goes on until it is asked to end. */
public class OrderConsumer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> queue = ipc.queue("orders", Codec.STRING);
            while (true) {
                handle(queue);
            }
        }
    }

    private static void handle(IpcQueue<String> queue) throws InterruptedException {
        try {
            String order = queue.take();
            if (!order.startsWith("order ")) {
                throw new IllegalStateException("not an order: " + order);
            }
        } catch (io.github.ipcharness.ipc.EndOfStreamException e) {
            // All producers that came so far are gone; a service waits for others.
            Thread.sleep(10);
        }
    }
}
