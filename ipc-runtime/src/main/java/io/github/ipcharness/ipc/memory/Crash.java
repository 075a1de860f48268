package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Ends or stops this process at a {@link CrashPoint}, as its property says. Loaded only where that is set.
 *
 * <p>The signals are real ones, sent from outside by a shell that is started beforehand: {@code Runtime.halt} lets the
 * JVM tidy up, and a JVM that is stopped cannot say so. The thread that reached the point goes no further in the
 * meantime. The shell ends when this process does, because nobody writes to it any more.
 */
final class Crash {

    // The shell answers when the process is seen stopped, so that the thread reads the answer after it was woken. The
    // bound is for one that was woken again unseen.
    private static final String SHELL = "while read signal; do kill -s $signal PID; n=0;"
            + " while [ $n -lt 20000 ]; do read -r stat < /proc/PID/stat || exit;"
            + " case \"$stat\" in *') T '*) break;; esac; n=$((n + 1)); done; echo; done";

    private static final AtomicLongArray HITS = new AtomicLongArray(CrashPoint.values().length);
    private static final Process KILLER = startKiller();

    private static String text;
    private static CrashPoint point;
    private static long hitsLeft;
    private static String signal;

    private Crash() {}

    private static Process startKiller() {
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            return new ProcessBuilder("sh", "-c", SHELL.replace("PID", pid))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void reached(CrashPoint here) {
        String due = signalDue(here);
        if (due != null) {
            send(due);
        }
    }

    private static synchronized String signalDue(CrashPoint here) {
        String now = System.getProperty(CrashPoint.PROPERTY);
        if (now != text) { // another object, not another text: set again, it counts anew
            plan(now);
        }
        HITS.incrementAndGet(here.ordinal());
        return here == point && --hitsLeft == 0 ? signal : null;
    }

    private static void plan(String now) {
        text = now;
        point = null;
        for (int i = 0; i < HITS.length(); i++) {
            HITS.set(i, 0);
        }
        String[] parts = now == null ? new String[0] : now.split(":");
        if (parts.length == 3) {
            point = CrashPoint.valueOf(parts[0]);
            hitsLeft = Long.parseLong(parts[1]);
            signal = signal(parts[2]);
        }
    }

    private static String signal(String action) {
        return switch (action) {
            case "halt" -> "KILL";
            case "freeze" -> "STOP";
            default ->
                throw new IllegalArgumentException(CrashPoint.PROPERTY + " must end in halt or freeze: " + action);
        };
    }

    /** Does not return from a kill; returns from a stop when somebody has woken this process. */
    private static void send(String due) {
        try {
            KILLER.getOutputStream().write((due + "\n").getBytes());
            KILLER.getOutputStream().flush();
            if (KILLER.getInputStream().read() < 0) {
                throw new IOException("the shell that sends SIG" + due + " has ended");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long hits(CrashPoint here) {
        return HITS.get(here.ordinal());
    }
}
