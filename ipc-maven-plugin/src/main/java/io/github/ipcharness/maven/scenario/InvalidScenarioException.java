package io.github.ipcharness.maven.scenario;

/** A parameter is wrong. The message names the parameter, what it may be, and what was found. */
public final class InvalidScenarioException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public InvalidScenarioException(String message) {
        super(message);
    }
}
