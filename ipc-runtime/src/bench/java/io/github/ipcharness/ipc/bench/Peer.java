package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;

/** A transport that is measured: the same messages, from one process to another. */
interface Peer {

    /** Sends {@code messages} messages of {@code size} bytes, as fast as they are taken. */
    void produce(Path directory, long messages, int size) throws Exception;

    /** Receives them, calling {@code meter} for each. */
    void consume(Path directory, long messages, int size, Meter meter) throws Exception;
}
