package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Ipc;

public class Consumer {
    public static void main(String[] args) throws InterruptedException {
        try (Ipc ipc = Ipc.open();
                Connection<Integer> pipe = ipc.pipe("numbers", Codec.INT, End.B)) {
            int number;
            do {
                number = pipe.receive();
                System.out.println("received " + number);
                Thread.sleep(100);
            } while (number != 4);
            pipe.send(-4);
        }
    }
}
