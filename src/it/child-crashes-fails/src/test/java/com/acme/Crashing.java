package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

public class Crashing {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            queue.put(1);
            throw new IllegalStateException("the price list is empty");
        }
    }
}
