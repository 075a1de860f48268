package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * One of two processes that send a message to and fro: {@code LINE ROLE DIRECTORY TRIPS PAUSE_NANOS}. In a pause before
 * each trip the other end falls asleep; this end does while it waits for it to wake up.
 */
final class RoundTrip {

    private static final int WARM_UP_TRIPS = 50_000;
    private static final long MOST_NANOS = 10_000_000_000L;

    private RoundTrip() {}

    public static void main(String[] arguments) throws Exception {
        boolean first = arguments[1].equals("first");
        int trips = Integer.parseInt(arguments[3]);
        try (Line line = line(arguments[0], Path.of(arguments[2]), first)) {
            if (first) {
                pings(line, trips, Long.parseLong(arguments[4]));
            } else {
                for (int i = 0; i < WARM_UP_TRIPS + 2 * trips; i++) {
                    line.receive();
                    line.send();
                }
            }
        }
    }

    private static Line line(String name, Path directory, boolean first) throws Exception {
        return switch (name) {
            case "ours" -> new OurPipe(directory, first);
            case "line" -> new CacheLine(directory, first);
            case "futex" -> new FutexLine(directory, first);
            case "socket" -> new SocketLine(directory, first);
            default -> throw new IllegalArgumentException("no such line: " + name);
        };
    }

    /** Without a pause until all is compiled, and then the first half is to get used to the pauses. */
    private static void pings(Line line, int trips, long pauseNanos) throws Exception {
        for (int i = 0; i < WARM_UP_TRIPS; i++) {
            line.send();
            line.receive();
        }
        Histogram histogram = new Histogram(MOST_NANOS, 3);
        for (int i = 0; i < 2 * trips; i++) {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            long from = System.nanoTime();
            line.send();
            line.receive();
            if (i >= trips) {
                histogram.recordValue(Math.min(MOST_NANOS, System.nanoTime() - from));
            }
        }
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            System.out.println("p" + percentile + " " + histogram.getValueAtPercentile(percentile));
        }
    }
}
