package io.github.ipcharness.maven.run;

/** The processes could not be run, so nothing can be said of them. */
public final class CouldNotRunException extends Exception {

    private static final long serialVersionUID = 1L;

    public CouldNotRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
