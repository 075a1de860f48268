package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import io.github.ipcharness.maven.planted.PlainLock.Grant;

/** A process that uses a lock, and records what it does. */
record LockEnd(Recorder recorder, PlainLock plain) {

    static LockEnd of(Stage stage, PlainLock lock) {
        return new LockEnd(stage.process("worker", "guard", Kind.LOCK), lock);
    }

    Call beginLock() {
        Stage.tick();
        return recorder.lock();
    }

    Call beginUnlock() {
        Stage.tick();
        return recorder.unlock();
    }

    void tryLock() {
        Call call = beginLock();
        end(call, plain.tryLock(recorder));
    }

    void lock() throws InterruptedException {
        Call call = beginLock();
        end(call, plain.lock(recorder));
    }

    private static void end(Call call, Grant grant) {
        switch (grant) {
            case GRANTED -> call.ok();
            case TAKEN_OVER -> call.recovered();
            case REFUSED -> call.empty();
        }
    }

    void unlock() {
        Call call = beginUnlock();
        plain.unlock(recorder);
        call.ok();
    }

    /** Does nothing any more, and the kernel says so. */
    void die() {
        plain.died(recorder);
    }
}
