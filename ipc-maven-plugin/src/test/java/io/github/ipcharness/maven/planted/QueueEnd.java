package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Recorder;

/** A process that uses a queue, and records what it does. */
record QueueEnd(Recorder recorder, PlainQueue queue) {

    /** A call that begins after all that has returned, and is ended by the caller, or never. */
    Call beginPut(long value) {
        Stage.tick();
        return recorder.put(value);
    }

    Call beginGet() {
        Stage.tick();
        return recorder.get();
    }

    boolean offer(long value) {
        Call put = beginPut(value);
        boolean done = queue.offer(value);
        if (done) {
            put.ok();
        } else {
            put.full();
        }
        return done;
    }

    void offer(long first, long last) {
        for (long value = first; value <= last; value++) {
            offer(value);
        }
    }

    Long poll() {
        Call get = beginGet();
        return end(get, queue.poll());
    }

    void poll(int times) {
        for (int i = 0; i < times; i++) {
            poll();
        }
    }

    /** Until it finds nothing. */
    void drain() {
        while (poll() != null) {
            // The history has it.
        }
    }

    void put(long value) throws InterruptedException {
        Call put = beginPut(value);
        queue.put(value);
        put.ok();
    }

    void put(long first, long last) throws InterruptedException {
        for (long value = first; value <= last; value++) {
            put(value);
        }
    }

    Long take() throws InterruptedException {
        Call get = beginGet();
        return end(get, queue.take());
    }

    /** Until nobody puts any more. */
    void takeAll() throws InterruptedException {
        while (take() != null) {
            // The history has it.
        }
    }

    private static Long end(Call get, Long value) {
        if (value == null) {
            get.empty();
        } else {
            get.ok(value);
        }
        return value;
    }
}
