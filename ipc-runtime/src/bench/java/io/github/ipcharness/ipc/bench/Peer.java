package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;

/** A transport that is measured: the same messages, from some processes to others, until they are killed. */
interface Peer {

    /** Sends messages of {@code size} bytes, as fast as they are taken. */
    void produce(Path directory, int size) throws Exception;

    /** Receives them, calling {@code meter} for each. */
    void consume(Path directory, int size, Meter meter) throws Exception;
}
