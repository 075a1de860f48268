package io.github.ipcharness.ipc;

/** The other end of a pipe is closed or its process is dead: what would be sent could never be received. */
public final class PeerClosedException extends IpcException {

    private static final long serialVersionUID = 1;

    PeerClosedException(String message) {
        super(message);
    }
}
