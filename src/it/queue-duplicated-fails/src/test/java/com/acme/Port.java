package com.acme;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** How the two programs find each other: the listener writes its port to a file. */
final class Port {

    private static final Path FILE = Path.of("target", "port");

    private Port() {}

    static ServerSocket listen() throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Files.createDirectories(FILE.getParent());
        Path beside = FILE.resolveSibling("port.new");
        Files.writeString(beside, Integer.toString(server.getLocalPort()));
        Files.move(beside, FILE, StandardCopyOption.ATOMIC_MOVE);
        return server;
    }

    static Socket connect() throws IOException, InterruptedException {
        while (!Files.exists(FILE)) {
            Thread.sleep(10);
        }
        return new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(Files.readString(FILE)));
    }
}
