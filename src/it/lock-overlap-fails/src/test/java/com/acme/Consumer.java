package com.acme;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.nio.file.Files;
import java.nio.file.Path;

/** A lock that looks first and takes afterwards: that is the bug. */
public class Consumer {
    private static final Path LOCK = Path.of("target", "lock");

    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open();
                Recorder recorder = ipc.recorder("my-lock", Kind.LOCK)) {
            Together.start(ipc);
            for (int i = 0; i < 20; i++) {
                Call lock = recorder.lock();
                while (Files.exists(LOCK)) {
                    Thread.onSpinWait();
                }
                Thread.sleep(5);
                Files.writeString(LOCK, "mine");
                lock.ok();
                Thread.sleep(5);
                Call unlock = recorder.unlock();
                Files.deleteIfExists(LOCK);
                unlock.ok();
            }
        }
    }
}
