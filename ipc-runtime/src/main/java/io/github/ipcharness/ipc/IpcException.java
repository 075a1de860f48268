package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.RegionException;

/** Something shared could not be opened or used; the message says which, what was expected and what was found. */
public class IpcException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /**
     * Without a cause.
     *
     * @param message which, what was expected and what was found
     */
    public IpcException(String message) {
        super(message);
    }

    /**
     * With a cause.
     *
     * @param message which, what was expected and what was found
     * @param cause what failed underneath
     */
    public IpcException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the memory underneath says, in the user's terms; it says which file already. */
    IpcException(RegionException cause) {
        super(cause.getMessage(), cause);
    }
}
