package io.github.ipcharness.maven.planted;

/** A number in this process's memory, and a right one. The broken ones change one thing each. */
class PlainValue {

    long value;

    synchronized long read() {
        return value;
    }

    synchronized void write(long written) {
        value = written;
    }

    synchronized boolean cas(long expected, long written) {
        boolean done = value == expected;
        value = done ? written : value;
        return done;
    }

    /** The value before. */
    synchronized long add(long delta) {
        long before = value;
        value += delta;
        return before;
    }
}
