package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.SplittableRandom;

/** A value in one thread. */
final class ValueDevice implements Device {

    /** Which operations it is asked for. */
    @FunctionalInterface
    interface Asking {
        Op ask(int process, long value, SplittableRandom random);
    }

    private final Asking asking;
    private long value;

    ValueDevice(long initial, Asking asking) {
        this.value = initial;
        this.asking = asking;
    }

    @Override
    public Op ask(int process, SplittableRandom random) {
        return asking.ask(process, value, random);
    }

    @Override
    public Op answer(Op asked) {
        long old = value;
        switch (asked.operation()) {
            case READ -> {
                return asked.ended(Outcome.OK).valued(old);
            }
            case WRITE -> value = asked.value();
            case ADD -> {
                value = old + asked.other();
                return asked.ended(Outcome.OK).valued(old);
            }
            default -> {
                if (old != asked.other()) {
                    return asked.ended(Outcome.MISS);
                }
                value = asked.value();
            }
        }
        return asked.ended(Outcome.OK);
    }

    static Op read(int process) {
        return Op.asked(process, Operation.READ, 0, 0);
    }

    static Op write(int process, long value) {
        return Op.asked(process, Operation.WRITE, value, 0);
    }

    static Op add(int process, long delta) {
        return Op.asked(process, Operation.ADD, 0, delta);
    }

    static Op cas(int process, long expect, long value) {
        return Op.asked(process, Operation.CAS, value, expect);
    }
}
