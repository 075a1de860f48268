package io.github.ipcharness.maven.scenario;

import java.util.Locale;
import java.util.Set;

/** Which transport a scenario exercises, and so which built-in programs run and what must have been recorded. */
public enum Goal {
    QUEUE("Queue", Set.of("queue")),
    PIPE("Pipe", Set.of("pipe")),
    VALUE("Value", Set.of("value", "lock")),
    /** Whatever the project's own programs and tests do together. */
    START(null, Set.of("queue", "pipe", "value", "lock"));

    private static final String WORKERS = "io.github.ipcharness.ipc.worker.";

    private final String workerPrefix;
    private final Set<String> kinds;

    Goal(String workerPrefix, Set<String> kinds) {
        this.workerPrefix = workerPrefix;
        this.kinds = kinds;
    }

    /** Whether programs of our own run where the user names none; if not, none runs there. */
    boolean hasBuiltInPrograms() {
        return workerPrefix != null;
    }

    /** The main class, in the runtime's jar, that runs where the user names no program of his own. */
    public String builtInProgram(Role role) {
        return WORKERS + workerPrefix + (role == Role.PRODUCER ? "Producer" : "Consumer");
    }

    /** Whether an object of this kind is what the goal is about; without one it has judged nothing. */
    public boolean isAbout(String kind) {
        return kinds.contains(kind);
    }

    /** The goal's name in a pom: {@code queue}, {@code pipe}, {@code value}, {@code start}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
