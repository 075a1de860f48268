package io.github.ipcharness.maven.run;

import java.util.Map;

/** What an exit code says. */
final class Exits {

    static final int SIGTERM = 143;
    static final int SIGKILL = 137;

    private static final int SIGNALLED = 128;
    private static final Map<Integer, String> SIGNALS = Map.ofEntries(
            Map.entry(1, "SIGHUP"),
            Map.entry(2, "SIGINT"),
            Map.entry(3, "SIGQUIT"),
            Map.entry(4, "SIGILL"),
            Map.entry(6, "SIGABRT"),
            Map.entry(7, "SIGBUS"),
            Map.entry(8, "SIGFPE"),
            Map.entry(9, "SIGKILL"),
            Map.entry(11, "SIGSEGV"),
            Map.entry(13, "SIGPIPE"),
            Map.entry(14, "SIGALRM"),
            Map.entry(15, "SIGTERM"),
            Map.entry(24, "SIGXCPU"),
            Map.entry(25, "SIGXFSZ"),
            Map.entry(31, "SIGSYS"));

    private Exits() {}

    /** {@code exit code 3}, or {@code SIGKILL (exit code 137)}. */
    static String explain(int code) {
        String signal = SIGNALS.get(code - SIGNALLED);
        return signal == null ? "exit code " + code : signal + " (exit code " + code + ")";
    }

    /** The same as the end of a sentence that begins with the process's name. */
    static String sentence(int code) {
        if (code == 126 || code == 127) {
            return "ended with exit code " + code + ", a shell's word for a command that "
                    + (code == 127 ? "was not found" : "could not be executed");
        }
        return SIGNALS.containsKey(code - SIGNALLED) ? "was ended by " + explain(code) : "ended with " + explain(code);
    }
}
