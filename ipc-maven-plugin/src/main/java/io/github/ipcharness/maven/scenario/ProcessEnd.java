package io.github.ipcharness.maven.scenario;

import java.util.List;

/**
 * How one process of a scenario ended.
 *
 * @param label {@code producer-0}
 * @param exitCode as the system gave it: above 128 it was a signal
 * @param exit the exit code or signal in words
 * @param problem a sentence that says what was wrong with its end; null if nothing was
 * @param hung whether it had to be killed because its time was over
 * @param millis how long it ran
 * @param log the file that has all its output
 * @param commandLine what to type to run it by hand
 * @param lastErrors the last lines that it wrote to stderr
 * @param details what else tells why: the threads of one that hung, what a JVM said that crashed
 */
public record ProcessEnd(
        String label,
        long pid,
        int exitCode,
        String exit,
        String problem,
        boolean hung,
        long millis,
        String log,
        String commandLine,
        List<String> lastErrors,
        List<String> details) {

    public ProcessEnd {
        lastErrors = List.copyOf(lastErrors);
        details = List.copyOf(details);
    }

    public boolean failed() {
        return problem != null;
    }
}
