package io.github.ipcharness.ipc.bench;

/** One end of what two processes send 32 bytes to and fro over. */
interface Line extends AutoCloseable {

    int BYTES = 32;

    void send() throws Exception;

    void receive() throws Exception;
}
