package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.net.ServerSocket;
import java.net.Socket;

/** Forgets one acknowledgement, and takes the same message twice: that is the bug. */
public class Consumer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                ServerSocket server = Port.listen();
                Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            boolean forgot = false;
            while (true) {
                Call get = recorder.get();
                long value;
                try {
                    value = in.readLong();
                } catch (EOFException e) {
                    get.empty();
                    return;
                }
                get.ok(value);
                if (value == 7 && !forgot) {
                    forgot = true;
                } else {
                    out.writeByte(1);
                }
            }
        }
    }
}
