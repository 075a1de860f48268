package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.Recorder;

/** A lock in this process's memory, and a right one. The broken ones change one thing each. */
class PlainLock {

    /** What came of an attempt. */
    enum Grant {
        GRANTED,
        /** From an owner that died. */
        TAKEN_OVER,
        REFUSED
    }

    Recorder owner;
    boolean ownerDied;

    synchronized Grant tryLock(Recorder who) {
        if (owner != null && !ownerDied) {
            return Grant.REFUSED;
        }
        Grant grant = ownerDied ? Grant.TAKEN_OVER : Grant.GRANTED;
        owner = who;
        ownerDied = false;
        return grant;
    }

    final synchronized Grant lock(Recorder who) throws InterruptedException {
        Grant grant = tryLock(who);
        while (grant == Grant.REFUSED) {
            wait();
            grant = tryLock(who);
        }
        return grant;
    }

    synchronized void unlock(Recorder who) {
        owner = null;
        notifyAll();
    }

    synchronized void died(Recorder who) {
        ownerDied |= owner == who;
        notifyAll();
    }
}
