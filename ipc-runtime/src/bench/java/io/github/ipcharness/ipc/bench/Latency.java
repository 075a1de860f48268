package io.github.ipcharness.ipc.bench;

import java.util.List;

/** Nanoseconds of a round trip, by percentile. */
record Latency(double p50, double p90, double p99, double p999) {

    /** @param flags of both JVMs */
    static Latency of(String line, List<String> flags, int trips, long pauseNanos) throws Exception {
        try (Scratch scratch = new Scratch();
                Child second = child(line, flags, "second", scratch, trips, pauseNanos);
                Child first = child(line, flags, "first", scratch, trips, pauseNanos)) {
            first.awaitEnd();
            second.awaitEnd();
            return new Latency(
                    first.number("p50.0"), first.number("p90.0"), first.number("p99.0"), first.number("p99.9"));
        }
    }

    private static Child child(
            String line, List<String> flags, String role, Scratch scratch, int trips, long pauseNanos)
            throws Exception {
        return Children.java(
                RoundTrip.class,
                flags,
                line,
                role,
                scratch.path().toString(),
                Integer.toString(trips),
                Long.toString(pauseNanos));
    }

    @Override
    public String toString() {
        return String.format("%,.0f ns (90%% %,.0f, 99%% %,.0f, 99.9%% %,.0f)", p50, p90, p99, p999);
    }
}
