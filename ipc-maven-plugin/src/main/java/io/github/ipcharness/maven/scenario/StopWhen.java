package io.github.ipcharness.maven.scenario;

import java.util.Locale;

/** When a program's work is done. */
public enum StopWhen {
    /** It ends by itself, with exit code 0. */
    EXIT,
    /** It is a service: once all producers have ended and nothing is left to take, it gets SIGTERM. */
    DRAINED,
    /** It is a service that {@code ipc:stop} ends, by SIGTERM, whatever is left. */
    STOP;

    static StopWhen parse(String parameter, Goal goal, String text) {
        for (StopWhen value : values()) {
            if (value.toString().equals(text) && (value != STOP || goal == Goal.START)) {
                return value;
            }
        }
        throw new InvalidScenarioException(
                parameter + " must be exit" + (goal == Goal.START ? ", drained or stop: " : " or drained: ") + text);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
