package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

public class Producer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            for (int i = 0; i < 5; i++) {
                queue.put(i);
                System.out.println("put " + i);
                Thread.sleep(50);
            }
        }
    }
}
