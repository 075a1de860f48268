package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.ServerSocket;
import java.net.Socket;

/** Sends everything and only then receives. So does the other end, and soon each waits for the other. */
public class Consumer {
    private static final int MESSAGES = 2000;
    private static final byte[] PADDING = new byte[16_384];

    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-pipe", Kind.PIPE);
                ServerSocket server = Port.listen();
                Socket socket = server.accept()) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 1; i <= MESSAGES; i++) {
                Call send = recorder.send(End.B, i);
                out.writeLong(i);
                out.write(PADDING);
                send.ok();
            }
            for (int i = 0; i < MESSAGES; i++) {
                Call receive = recorder.receive(End.B);
                long value = in.readLong();
                in.readFully(new byte[PADDING.length]);
                receive.ok(value);
            }
        }
    }
}
