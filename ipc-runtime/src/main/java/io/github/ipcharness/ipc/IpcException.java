package io.github.ipcharness.ipc;

/** Something shared could not be opened or used; the message says which, what was expected and what was found. */
public class IpcException extends RuntimeException {

    public IpcException(String message) {
        super(message);
    }

    public IpcException(String message, Throwable cause) {
        super(message, cause);
    }
}
