package io.github.ipcharness.ipc.worker;

import io.github.ipcharness.ipc.End;

/** End A of the duplex pipe that the other role of the same index holds the other end of. */
public final class PipeProducer {

    private PipeProducer() {}

    public static void main(String[] args) throws InterruptedException {
        Duplex.run(End.A);
    }
}
