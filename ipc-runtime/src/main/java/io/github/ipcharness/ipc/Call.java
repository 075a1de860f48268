package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Outcome;

/**
 * An operation that a {@link Recorder} has recorded as begun. One of these methods, called once, says how it ended;
 * none waits for another process. One that is never called leaves the operation pending: it happened, or it did not.
 */
public final class Call {

    private final HistoryWriter writer;
    private final long record;
    private final Recorder recorder;

    Call(HistoryWriter writer, long record, Recorder recorder) {
        this.writer = writer;
        this.record = record;
        this.recorder = recorder;
    }

    /** It was done. */
    public void ok() {
        end(Outcome.OK);
    }

    /**
     * It was done, and this is the value that came out.
     *
     * @param value what came out
     */
    public void ok(long value) {
        if (writer != null) {
            writer.end(record, Outcome.OK, value, 0, 0);
        }
    }

    /**
     * It was done, and this is the value that came out.
     *
     * @param value what came out
     * @throws IpcException if the history cannot grow to keep it; the operation stays pending then
     */
    public void ok(String value) {
        if (writer != null) {
            writer.end(record, Outcome.OK, recorder.text(value), HistoryWriter.TEXT_VALUES, 0);
        }
    }

    /** There was no room. */
    public void full() {
        end(Outcome.FULL);
    }

    /** There was nothing, or the time was over. */
    public void empty() {
        end(Outcome.EMPTY);
    }

    /** The stream is at its end. */
    public void closed() {
        end(Outcome.CLOSED);
    }

    /** A compare-and-set found another value than the expected one. */
    public void miss() {
        end(Outcome.MISS);
    }

    /** The lock was taken over from an owner that died. */
    public void recovered() {
        end(Outcome.RECOVERED);
    }

    /** It failed, and surely had no effect: it is not judged. An operation whose effect is unknown is left pending. */
    public void noEffect() {
        end(Outcome.NO_EFFECT);
    }

    private void end(Outcome outcome) {
        if (writer != null) {
            writer.end(record, outcome);
        }
    }
}
