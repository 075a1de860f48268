package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.memory.CrashPoint;

/**
 * A part in a play, as the test sees it.
 *
 * @param actor who plays it; null where the test itself does
 * @param killedAt the point at which it is killed, or null where it lives on
 */
record Player(Role role, int id, Journal journal, Actor actor, CrashPoint killedAt) {

    boolean isKilled() {
        return killedAt != null;
    }

    long get(Word word) {
        return journal.get(word);
    }

    boolean isOver() {
        return journal.isOver();
    }

    void requireWell() {
        if (actor == null) {
            return;
        }
        if (get(Word.STATE) == Journal.FAILED) {
            throw new AssertionError(this + " failed: " + actor.errors());
        }
        if (!isKilled() && !actor.isAlive()) {
            throw new AssertionError(this + " has died: " + actor.errors());
        }
    }

    @Override
    public String toString() {
        return role + " " + id + " (" + journal + ")";
    }
}
