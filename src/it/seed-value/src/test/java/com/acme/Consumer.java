package com.acme;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedInt;

public class Consumer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            SharedInt number = ipc.sharedInt("number", -1);
            int seen;
            do {
                // Longer than the producer takes for all five: some are surely missed.
                Thread.sleep(250);
                seen = number.get();
                System.out.println("read " + seen);
            } while (seen != 4);
        }
    }
}
