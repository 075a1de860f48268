package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that waits for a message that never comes, and what that costs. */
final class Blocked {

    private static final int WARM_UP_MILLIS = 5_000;
    private static final int SECONDS = 10;

    private Blocked() {}

    public static void main(String[] arguments) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(arguments[0]))) {
            System.out.println("waits 1");
            ipc.queue("bench", Codec.BYTES).take();
        }
    }

    /** In percent of a core. */
    static double percent() throws Exception {
        try (Scratch scratch = new Scratch();
                Child child =
                        Children.java(Blocked.class, List.of(), scratch.path().toString())) {
            while (child.said("waits").isEmpty()) {
                child.requireAlive();
                Thread.sleep(10);
            }
            Thread.sleep(WARM_UP_MILLIS);
            long before = nanos(child.pid());
            Thread.sleep(SECONDS * 1_000L);
            child.requireAlive();
            return (nanos(child.pid()) - before) / 1e7 / SECONDS;
        }
    }

    /**
     * What the scheduler has given its threads. The counters in {@code stat} are too coarse: who wakes for microseconds,
     * but with the clock's tick, is charged the whole tick.
     */
    private static long nanos(long pid) throws Exception {
        long sum = 0;
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        try (DirectoryStream<Path> all = Files.newDirectoryStream(threads)) {
            for (Path thread : all) {
                String told = Files.readString(thread.resolve("schedstat"));
                sum += Long.parseLong(told.substring(0, told.indexOf(' ')));
            }
        }
        return sum;
    }
}
