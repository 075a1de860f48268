package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.util.ArrayList;
import java.util.List;

public class OrderProducer {
    public static void main(String[] args) throws InterruptedException {
        int orders = Integer.parseInt(args[0]);
        int batch = Integer.getInteger("batch");
        System.out.println("mode " + System.getenv("MODE") + ", index " + System.getProperty("ipc.index"));
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> queue = ipc.queue("orders", Codec.STRING);
            for (int i = 0; i < orders; i += batch) {
                List<String> some = new ArrayList<>();
                for (int j = i; j < Math.min(orders, i + batch); j++) {
                    some.add("order " + j);
                }
                queue.putAll(some);
            }
        }
    }
}
