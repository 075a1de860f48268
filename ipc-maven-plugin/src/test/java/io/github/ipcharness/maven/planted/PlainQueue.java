package io.github.ipcharness.maven.planted;

import java.util.ArrayDeque;

/** A bounded queue in this process's memory, and a right one. The broken ones change one thing each. */
class PlainQueue {

    final ArrayDeque<Long> values = new ArrayDeque<>();
    final int capacity;
    private boolean over;

    PlainQueue() {
        this(Integer.MAX_VALUE);
    }

    PlainQueue(int capacity) {
        this.capacity = capacity;
    }

    /** False if it is full. */
    synchronized boolean offer(long value) {
        return values.size() < capacity && values.add(value);
    }

    /** Null if it is empty. */
    synchronized Long poll() {
        return values.poll();
    }

    /** Waits for room. */
    final synchronized void put(long value) throws InterruptedException {
        while (!offer(value)) {
            wait();
        }
        notifyAll();
    }

    /** Waits for a value; null if it is empty and nobody puts any more. */
    final synchronized Long take() throws InterruptedException {
        Long value = poll();
        while (value == null && !over) {
            wait();
            value = poll();
        }
        notifyAll();
        return value;
    }

    /** Nobody puts any more. */
    final synchronized void end() {
        over = true;
        notifyAll();
    }
}
