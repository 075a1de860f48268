package io.github.ipcharness.maven.scenario;

import java.util.Locale;

/** When a program's work is done. */
public enum StopWhen {
    /** It ends by itself, with exit code 0. */
    EXIT,
    /** It is a service: once all producers have ended and nothing is left to take, it gets SIGTERM. */
    DRAINED;

    static StopWhen parse(String parameter, String text) {
        for (StopWhen value : values()) {
            if (value.toString().equals(text)) {
                return value;
            }
        }
        throw new InvalidScenarioException(parameter + " must be exit or drained: " + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
