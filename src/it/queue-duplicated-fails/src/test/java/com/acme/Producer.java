package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends a message again until it is acknowledged. */
public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-queue", Kind.QUEUE);
                Socket socket = Port.connect()) {
            socket.setSoTimeout(200);
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            for (int i = 1; i <= 10; i++) {
                Call put = recorder.put(i);
                do {
                    out.writeLong(i);
                } while (!isAcknowledged(in));
                put.ok();
            }
        }
    }

    private static boolean isAcknowledged(DataInputStream in) throws Exception {
        try {
            in.readByte();
            return true;
        } catch (SocketTimeoutException e) {
            System.out.println("no acknowledgement, sending again");
            return false;
        }
    }
}
