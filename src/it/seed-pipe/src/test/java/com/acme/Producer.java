package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Ipc;

public class Producer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open();
                Connection<Integer> pipe = ipc.pipe("numbers", Codec.INT, End.A)) {
            for (int i = 0; i < 5; i++) {
                pipe.send(i);
                System.out.println("sent " + i);
                Thread.sleep(50);
            }
            System.out.println("answer " + pipe.receive());
        }
    }
}
