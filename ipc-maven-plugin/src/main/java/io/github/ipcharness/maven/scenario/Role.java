package io.github.ipcharness.maven.scenario;

import java.util.Locale;

/** Which side a process is on. */
public enum Role {
    PRODUCER,
    CONSUMER;

    /** The word in parameters and labels: {@code producer}, {@code consumer}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
