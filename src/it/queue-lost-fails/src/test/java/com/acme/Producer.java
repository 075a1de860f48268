package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataOutputStream;
import java.net.Socket;

public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                Socket socket = Port.connect()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            for (int i = 1; i <= 20; i++) {
                Call put = recorder.put(i);
                out.writeLong(i);
                put.ok();
            }
        }
    }
}
