package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

public class Consumer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            int number;
            do {
                number = queue.take();
                System.out.println("got " + number);
                Thread.sleep(100);
            } while (number != 4);
        }
    }
}
