package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ShopIT {

    /** It looks at what is served and not at the order. */
    @Test
    void everyOrderIsServed() throws Exception {
        int port = Integer.parseInt(Files.readString(Path.of("target", "port")));
        Set<Long> served = new TreeSet<>();
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("orders", Kind.QUEUE);
                Socket shop = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataOutputStream out = new DataOutputStream(shop.getOutputStream());
            for (int i = 1; i <= 20; i++) {
                Call put = recorder.put(i);
                out.writeLong(i);
                put.ok();
            }
            DataInputStream in = new DataInputStream(shop.getInputStream());
            for (int i = 1; i <= 20; i++) {
                served.add(in.readLong());
            }
        }
        assertEquals(20, served.size());
    }
}
