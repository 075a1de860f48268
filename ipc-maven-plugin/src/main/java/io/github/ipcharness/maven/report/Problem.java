package io.github.ipcharness.maven.report;

import java.util.List;

/**
 * Why a scenario did not pass.
 *
 * @param where what it is about: {@link #PROCESSES}, {@link #FAULT}, or an object's kind and name
 * @param check which check found it; for a fault, the fault
 * @param sentence what is wrong, on one line
 * @param details the evidence, line by line
 */
public record Problem(Severity severity, String where, String check, String sentence, List<String> details) {

    static final String PROCESSES = "processes";
    static final String FAULT = "fault";

    /** How bad it is. */
    public enum Severity {
        /** The project's programs did wrong: a test failure. */
        FAILURE,
        /** Nobody can say whether they did right, and that counts as an error. */
        ERROR,
        /** Nobody can say, and the user wants to hear of it and go on. */
        WARNING
    }

    public Problem {
        details = List.copyOf(details);
    }

    /** Whether it is of an object that was judged. */
    boolean isOfObject() {
        return !where.equals(PROCESSES) && !where.equals(FAULT);
    }

    public boolean fails() {
        return severity != Severity.WARNING;
    }
}
