package io.github.ipcharness.ipc.bench;

/** Counts messages and tells, for each round of them, how many came in a second. */
final class Meter {

    private final long round;
    private long count;
    private long begin;

    Meter(long round) {
        this.round = round;
    }

    void message() {
        if (count == 0) {
            begin = System.nanoTime();
        }
        if (++count % round == 0) {
            long now = System.nanoTime();
            System.out.println("rate " + round * 1e9 / (now - begin));
            begin = now;
        }
    }
}
