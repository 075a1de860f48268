package com.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the modules wait for each other, so that they are seen to run at once. */
final class Meeting {

    private Meeting() {}

    static void of(String what, String module) throws IOException, InterruptedException {
        Path place = Files.createDirectories(Path.of("..", "target", what));
        Files.writeString(place.resolve(module), module);
        while (!Files.exists(place.resolve("a")) || !Files.exists(place.resolve("b"))) {
            Thread.sleep(10);
        }
    }
}
