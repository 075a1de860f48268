package io.github.ipcharness.maven.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A process beside each run that outlives Maven: when Maven is gone, even by SIGKILL, the end of its input says so, and
 * it ends the run's processes and deletes what they shared.
 *
 * <p>Input, a line each: a process id; at last {@code done}. It cleans up unless it has read {@code done}, also when it
 * is itself asked to end: Ctrl-C in a terminal goes to every process of the build at once.
 *
 * <p>Uses nothing but the JDK and its two neighbours {@link ProcessTree} and {@link Trees}, so that its class path is
 * this jar alone.
 */
public final class Supervisor {

    private static final int DELETE_ROUNDS = 500;
    private static final long PAUSE_NANOS = 10_000_000;

    private final Path home;
    private final Set<ProcessHandle> processes = ConcurrentHashMap.newKeySet();
    private volatile boolean done;

    private Supervisor(Path home) {
        this.home = home;
    }

    /** @param arguments the run's namespace directory */
    public static void main(String[] arguments) throws IOException {
        Path home = Path.of(arguments[0]);
        if (!home.getFileName().toString().startsWith(Namespace.PREFIX)) {
            throw new IllegalArgumentException("not a run's directory: " + home);
        }
        Supervisor supervisor = new Supervisor(home);
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::cleanUp));
        supervisor.listen();
    }

    private void listen() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = input.readLine(); line != null && !done; line = input.readLine()) {
            if (line.equals("done")) {
                done = true;
                return;
            }
            // Taken now, a handle knows when its process began: a number that is used again is not mistaken for it.
            ProcessHandle.of(Long.parseLong(line)).ifPresent(processes::add);
        }
    }

    private void cleanUp() {
        if (done) {
            return;
        }
        ProcessTree.kill(processes, home);
        delete();
    }

    /** The tests' own JVM, which is not ours to kill, ends with Maven, but a moment later: it may be making a file. */
    private void delete() {
        IOException last = null;
        for (int round = 0; round < DELETE_ROUNDS; round++) {
            try {
                Trees.delete(home);
                return;
            } catch (IOException e) {
                last = e;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        System.err.println("cannot delete " + home + ": " + last);
    }
}
