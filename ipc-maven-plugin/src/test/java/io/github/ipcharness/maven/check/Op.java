package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;

/**
 * One operation of a small history.
 *
 * @param value what went in or came out; of an add, the old value
 * @param other what a cas expected, what an add added
 * @param returned {@link Long#MAX_VALUE} if it is pending
 */
record Op(
        int process,
        boolean endB,
        Operation operation,
        Outcome outcome,
        long value,
        long other,
        long call,
        long returned) {

    /** Asked for, without a result so far. */
    static Op asked(int process, Operation operation, long value, long other) {
        return new Op(process, false, operation, Outcome.PENDING, value, other, 0, Long.MAX_VALUE);
    }

    boolean isPending() {
        return outcome == Outcome.PENDING;
    }

    boolean isBefore(Op later) {
        return returned < later.call;
    }

    Op by(int newProcess, boolean newEndB) {
        return new Op(newProcess, newEndB, operation, outcome, value, other, call, returned);
    }

    Op called(long at) {
        return new Op(process, endB, operation, outcome, value, other, at, returned);
    }

    Op returned(long at) {
        return new Op(process, endB, operation, outcome, value, other, call, at);
    }

    Op valued(long newValue) {
        return new Op(process, endB, operation, outcome, newValue, other, call, returned);
    }

    Op othered(long newOther) {
        return new Op(process, endB, operation, outcome, value, newOther, call, returned);
    }

    Op ended(Outcome newOutcome) {
        return new Op(process, endB, operation, newOutcome, value, other, call, returned);
    }

    Op pending() {
        return ended(Outcome.PENDING).returned(Long.MAX_VALUE);
    }
}
