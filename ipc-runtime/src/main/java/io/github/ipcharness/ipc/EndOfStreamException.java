package io.github.ipcharness.ipc;

/**
 * There is nothing more to receive, now or later: everything that was sent has been taken, and those who could send
 * more have said that they will not, have closed, or are dead. For a queue this holds as long as no other process comes
 * and puts.
 */
public final class EndOfStreamException extends IpcException {

    private static final long serialVersionUID = 1;

    EndOfStreamException(String message) {
        super(message);
    }
}
