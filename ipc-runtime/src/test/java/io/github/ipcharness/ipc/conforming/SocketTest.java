package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ConnectionConformance;
import io.github.ipcharness.ipc.conformance.ConnectionParty;
import java.io.IOException;
import java.nio.file.Path;

/** A Unix-domain socket, which is nothing like our pipe. */
class SocketTest extends ConnectionConformance {

    @Override
    protected boolean mayBeginAlone() {
        return false;
    }

    @Override
    protected ConnectionParty connect(Path home, boolean first) throws IOException {
        return new SocketEnd(home, first);
    }
}
