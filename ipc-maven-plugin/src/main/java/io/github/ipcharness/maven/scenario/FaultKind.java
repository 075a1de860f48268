package io.github.ipcharness.maven.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be done to a process on purpose. */
public enum FaultKind {
    /** SIGKILL: it is gone at once, wherever it was. */
    KILL(),
    /** SIGSTOP and, later, SIGCONT: it is not dead, and does nothing. */
    PAUSE("duration"),
    /** SIGKILL, and the same program is started again. */
    RESTART(),
    /** A delay before each of its operations; the programs of the user's own must obey it themselves. */
    SLOW("delay", "duration"),
    /** A busy process on every core. */
    STARVE("duration");

    private static final List<String> COMMON = List.of("role", "process", "after", "afterMessages");

    private final List<String> own;

    FaultKind(String... own) {
        this.own = List.of(own);
    }

    /** The names of its parameters in a pom. */
    List<String> parameters() {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(own);
        return all;
    }

    /** Whether it ends the process by SIGKILL. */
    public boolean kills() {
        return this == KILL || this == RESTART;
    }

    static FaultKind parse(String name) {
        for (FaultKind kind : values()) {
            if (kind.toString().equals(name)) {
                return kind;
            }
        }
        throw new InvalidScenarioException("faults must be of kill, pause, restart, slow and starve: " + name);
    }

    /** The element's name in a pom: {@code kill}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
