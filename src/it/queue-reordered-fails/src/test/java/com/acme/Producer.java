package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataOutputStream;
import java.net.Socket;

/** Sends over two connections in turn. */
public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                Socket even = Port.connect();
                Socket odd = Port.connect()) {
            for (int i = 1; i <= 20; i++) {
                Call put = recorder.put(i);
                Socket socket = i % 2 == 0 ? even : odd;
                new DataOutputStream(socket.getOutputStream()).writeLong(i);
                put.ok();
            }
        }
    }
}
