package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import org.junit.jupiter.api.Test;

class FirstOrdersIT {

    @Test
    void everyOrderHasItsReceipt() throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            assertTrue(ipc.isRecording());
            IpcQueue<String> orders = ipc.queue("orders", Codec.STRING);
            IpcQueue<String> receipts = ipc.queue("receipts", Codec.STRING);
            for (int i = 0; i < 100; i++) {
                orders.put("first " + i);
                assertEquals("receipt for first " + i, receipts.take());
            }
            assertEquals(0, ipc.sharedLong("sold", 0).get() % 100);
        }
    }
}
