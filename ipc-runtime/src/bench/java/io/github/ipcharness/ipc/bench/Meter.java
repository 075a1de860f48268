package io.github.ipcharness.ipc.bench;

/**
 * Counts messages, and says on stdout every now and then how many there have been and when: {@code mark NANOS COUNT}. All
 * processes of a machine read the same clock.
 */
final class Meter {

    private static final long EVERY_NANOS = 10_000_000;
    private static final int SMALL = 4096;

    private final int looksAtClock;
    private long count;
    private long last = System.nanoTime();

    Meter(int size) {
        this.looksAtClock = size > SMALL ? 0 : 255;
    }

    void message() {
        if ((++count & looksAtClock) == 0) {
            mark();
        }
    }

    void messages(int many) {
        long before = count;
        count += many;
        if (looksAtClock == 0 || before / looksAtClock != count / looksAtClock) {
            mark();
        }
    }

    private void mark() {
        long now = System.nanoTime();
        if (now - last >= EVERY_NANOS) {
            System.out.println("mark " + now + " " + count);
            last = now;
        }
    }
}
