package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.nio.file.Path;

/** Expects its own arguments from the queue, and to be where it should. */
public class Consumer {
    public static void main(String[] args) throws Exception {
        Path here = Path.of("").toAbsolutePath();
        if (!here.equals(Path.of(System.getProperty("base"), "target"))) {
            throw new IllegalStateException("in " + here + ", not in target of " + System.getProperty("base"));
        }
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> words = ipc.queue("words", Codec.STRING);
            for (String word : args) {
                String taken = words.take();
                if (!taken.equals(word)) {
                    throw new IllegalStateException("got '" + taken + "', expected '" + word + "'");
                }
            }
        }
    }
}
