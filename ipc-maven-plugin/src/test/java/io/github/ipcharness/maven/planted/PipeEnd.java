package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;

/** A process that holds an end of a pipe, and records what it does. */
record PipeEnd(Recorder recorder, PlainPipe pipe, End end) {

    static PipeEnd of(Stage stage, PlainPipe pipe, End end) {
        return new PipeEnd(stage.process(end == End.A ? "parent" : "child", "chat", Kind.PIPE), pipe, end);
    }

    Call beginSend(long value) {
        Stage.tick();
        return recorder.send(end, value);
    }

    Call beginReceive() {
        Stage.tick();
        return recorder.receive(end);
    }

    void send(long value) {
        Call send = beginSend(value);
        pipe.send(end, value);
        send.ok();
    }

    void send(long first, long last) {
        for (long value = first; value <= last; value++) {
            send(value);
        }
    }

    /** Null if nothing is there, or at the end of the stream. */
    Long receive() {
        Call receive = beginReceive();
        Long value = pipe.poll(end);
        if (value != null) {
            receive.ok(value);
        } else if (pipe.isOver(end)) {
            receive.closed();
        } else {
            receive.empty();
        }
        return value;
    }

    void receive(int times) {
        for (int i = 0; i < times; i++) {
            receive();
        }
    }

    /** Waits; null at the end of the stream. */
    Long take() throws InterruptedException {
        Call receive = beginReceive();
        Long value = pipe.take(end);
        if (value == null) {
            receive.closed();
        } else {
            receive.ok(value);
        }
        return value;
    }

    /** Until the end of the stream. */
    void takeAll() throws InterruptedException {
        while (take() != null) {
            // The history has it.
        }
    }

    void close() {
        Stage.tick();
        Call close = recorder.close(end);
        pipe.close(end);
        close.ok();
    }
}
