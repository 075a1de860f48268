package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;

/** A process that uses a value, and records what it does. */
record ValueEnd(Recorder recorder, PlainValue value) {

    static ValueEnd writer(Stage stage, PlainValue value) {
        return new ValueEnd(stage.process("writer", "state", Kind.VALUE), value);
    }

    static ValueEnd reader(Stage stage, PlainValue value) {
        return new ValueEnd(stage.process("reader", "state", Kind.VALUE), value);
    }

    Call beginRead() {
        Stage.tick();
        return recorder.read();
    }

    Call beginWrite(long written) {
        Stage.tick();
        return recorder.write(written);
    }

    Call beginCas(long expected, long written) {
        Stage.tick();
        return recorder.cas(expected, written);
    }

    Call beginAdd(long delta) {
        Stage.tick();
        return recorder.add(delta);
    }

    long read() {
        Call read = beginRead();
        long found = value.read();
        read.ok(found);
        return found;
    }

    void write(long written) {
        Call write = beginWrite(written);
        value.write(written);
        write.ok();
    }

    boolean cas(long expected, long written) {
        Call cas = beginCas(expected, written);
        boolean done = value.cas(expected, written);
        if (done) {
            cas.ok();
        } else {
            cas.miss();
        }
        return done;
    }

    void add(long delta) {
        Call add = beginAdd(delta);
        add.ok(value.add(delta));
    }
}
