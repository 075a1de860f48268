package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;

public class Consumer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("position", Kind.VALUE);
                Store store = new Store()) {
            Together.start(ipc);
            long x;
            do {
                Call read = recorder.read();
                x = store.read(0);
                long y = store.read(1);
                read.ok(x + "/" + y);
            } while (x < 100);
        }
    }
}
