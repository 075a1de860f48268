package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Connection;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.EndOfStreamException;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.PeerClosedException;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.ConnectionConformance;
import io.github.ipcharness.ipc.conformance.ConnectionParty;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

/** Our pipe. */
class OurPipeTest extends ConnectionConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected ConnectionParty connect(Path home, boolean first) {
        Ipc ipc = Ipc.open(home);
        Connection<byte[]> connection = ipc.pipe("p", Codec.BYTES, first ? End.A : End.B);
        return new ConnectionParty() {
            @Override
            public boolean send(byte[] message, Duration timeout) throws Exception {
                try {
                    return connection.send(message, timeout);
                } catch (PeerClosedException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }

            @Override
            public byte[] receive(Duration timeout) throws Exception {
                try {
                    return connection.receive(timeout);
                } catch (EndOfStreamException e) {
                    throw (EOFException) new EOFException(e.getMessage()).initCause(e);
                }
            }

            @Override
            public void close() {
                connection.close();
                ipc.close();
            }
        };
    }
}
