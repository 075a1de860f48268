package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;

/** Writes a value in two halves, one after the other: that is the bug. */
public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("position", Kind.VALUE);
                Store store = new Store()) {
            Call first = recorder.write("0/0");
            first.ok();
            Together.start(ipc);
            for (int i = 1; i <= 100; i++) {
                Call write = recorder.write(i + "/" + i);
                store.write(0, i);
                Thread.sleep(1);
                store.write(1, i);
                write.ok();
            }
        }
    }
}
