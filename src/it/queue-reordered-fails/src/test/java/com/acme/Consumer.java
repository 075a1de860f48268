package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.net.ServerSocket;
import java.net.Socket;

/** Reads the first connection to its end, then the second: that is the bug. */
public class Consumer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                ServerSocket server = Port.listen();
                Socket even = server.accept();
                Socket odd = server.accept()) {
            for (Socket socket : new Socket[] {even, odd}) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                for (int i = 0; i < 10; i++) {
                    Call get = recorder.get();
                    get.ok(in.readLong());
                }
            }
        }
    }
}
