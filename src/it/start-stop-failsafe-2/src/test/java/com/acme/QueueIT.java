package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import org.junit.jupiter.api.Test;

class QueueIT {

    @Test
    void whatIsPutIsTaken() throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            assertTrue(ipc.isRecording());
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            queue.put(7);
            assertEquals(7, queue.take());
        }
    }
}
