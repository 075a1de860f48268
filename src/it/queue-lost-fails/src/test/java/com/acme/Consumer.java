package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

public class Consumer {
    public static void main(String[] args) throws Exception {
        BlockingQueue<Long> buffer = new ArrayBlockingQueue<>(4);
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                ServerSocket server = Port.listen();
                Socket socket = server.accept()) {
            fill(buffer, new DataInputStream(socket.getInputStream()));
            while (!buffer.isEmpty()) {
                Call get = recorder.get();
                get.ok(buffer.take());
            }
        }
    }

    private static void fill(BlockingQueue<Long> buffer, DataInputStream in) throws Exception {
        try {
            while (true) {
                // Nobody looks at what offer says: that is the bug.
                buffer.offer(in.readLong());
            }
        } catch (EOFException e) {
            System.out.println("the producer has ended");
        }
    }
}
