package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Takes two orders at a time, and serves the second first: that is the bug. */
public class Shop {
    public static void main(String[] args) throws IOException {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("orders", Kind.QUEUE);
                ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Path port = Path.of("target", "port");
            Path beside = Files.writeString(port.resolveSibling("port.new"), "" + server.getLocalPort());
            Files.move(beside, port, StandardCopyOption.ATOMIC_MOVE);
            try (Socket customer = server.accept()) {
                serve(customer, recorder);
            }
        }
    }

    private static void serve(Socket customer, Recorder recorder) throws IOException {
        DataInputStream in = new DataInputStream(customer.getInputStream());
        DataOutputStream out = new DataOutputStream(customer.getOutputStream());
        for (int i = 0; i < 10; i++) {
            long first = in.readLong();
            long second = in.readLong();
            Call get = recorder.get();
            get.ok(second);
            Call next = recorder.get();
            next.ok(first);
            out.writeLong(second);
            out.writeLong(first);
        }
    }
}
