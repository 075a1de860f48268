package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

/** Orders what only the shop of its own module can have. */
public class Customer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open()) {
            order(ipc, "customers", args[0]);
        }
    }

    static void order(Ipc ipc, String meeting, String module) throws Exception {
        IpcQueue<String> orders = ipc.queue("orders", Codec.STRING);
        IpcQueue<String> receipts = ipc.queue("receipts", Codec.STRING);
        Meeting.of(meeting, module);
        for (int i = 0; i < 1000; i++) {
            orders.put(module + " " + i);
            String receipt = receipts.take();
            if (!receipt.equals(module + " has sold " + module + " " + i)) {
                throw new IllegalStateException(
                        "not a receipt for order " + i + " of module " + module + ": " + receipt);
            }
        }
    }
}
