package com.acme;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts its arguments, and says so in a file of the name of the first. */
public class Producer {
    public static void main(String[] args) throws Exception {
        try (Ipc ipc = Ipc.open()) {
            IpcQueue<String> words = ipc.queue("words", Codec.STRING);
            for (String word : args) {
                words.put(word);
            }
            words.endOfStream();
        }
        Files.writeString(Path.of("target", args[0]), "written");
    }
}
