package com.acme;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedInt;

public class Producer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open()) {
            SharedInt number = ipc.sharedInt("number", -1);
            for (int i = 0; i < 5; i++) {
                number.set(i);
                System.out.println("set " + i);
                Thread.sleep(20);
            }
        }
    }
}
