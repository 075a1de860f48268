package com.acme;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import org.junit.Test;

public class QueueIT {

    @Test
    public void whatIsPutIsTaken() throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            assertTrue(ipc.isRecording());
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            queue.put(7);
            assertEquals(Integer.valueOf(7), queue.take());
        }
    }
}
