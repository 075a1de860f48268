package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;

/** Increments without a lock: that is the bug. */
public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("hits", Kind.VALUE);
                Store store = new Store()) {
            Together.start(ipc);
            for (int i = 0; i < 2000; i++) {
                Call add = recorder.add(1);
                long before = store.read(0);
                Thread.yield();
                store.write(0, before + 1);
                add.ok(before);
            }
        }
    }
}
