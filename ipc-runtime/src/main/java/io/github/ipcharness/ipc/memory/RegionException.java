package io.github.ipcharness.ipc.memory;

/** A file of a namespace is not what it must be, or cannot be made so: which file, what was expected, what was found. */
public final class RegionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public RegionException(String message) {
        super(message);
    }

    public RegionException(String message, Throwable cause) {
        super(message, cause);
    }
}
