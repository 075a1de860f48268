package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;

public class Consumer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<Integer> queue = ipc.queue("numbers", Codec.INT);
            while (true) {
                System.out.println("got " + queue.take());
            }
        } catch (EndOfStreamException e) {
            System.out.println(e.getMessage());
        }
    }
}
