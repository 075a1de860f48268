package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.broken;

import io.github.ipcharness.ipc.Recorder;
import java.util.List;

/** Locks with one bug each. */
final class BrokenLocks {

    private BrokenLocks() {}

    static List<Planted> all() {
        return List.of(
                broken("taken twice", "mutual exclusion", stage -> overlap(stage, new LetsAllIn())),
                broken("lease ends while the owner works", "mutual exclusion", stage -> overlap(stage, new Lease())),
                broken("given back by a stranger", "mutual exclusion", BrokenLocks::stranger),
                broken("takeover not told", "takeover", stage -> inherit(stage, new TellsNothing())),
                broken("takeover told twice", "mutual exclusion", stage -> inherit(stage, new KeepsTheMark(false))),
                broken(
                        "takeover told, though nobody died",
                        "takeover",
                        stage -> inOrder(stage, new KeepsTheMark(true))));
    }

    /** The second one asks while the first one has it, and the first one lives. */
    private static void overlap(Stage stage, PlainLock lock) {
        LockEnd one = LockEnd.of(stage, lock);
        LockEnd other = LockEnd.of(stage, lock);
        one.tryLock();
        other.tryLock();
        other.unlock();
        one.unlock();
    }

    /** The first one dies with it; the second and the third have it after him. */
    private static void inherit(Stage stage, PlainLock lock) {
        LockEnd dead = LockEnd.of(stage, lock);
        dead.tryLock();
        dead.die();
        inOrder(stage, lock);
    }

    private static void inOrder(Stage stage, PlainLock lock) {
        for (int i = 0; i < 2; i++) {
            LockEnd heir = LockEnd.of(stage, lock);
            heir.tryLock();
            heir.unlock();
        }
    }

    static final class LetsAllIn extends PlainLock {
        @Override
        synchronized Grant tryLock(Recorder who) {
            owner = null;
            return super.tryLock(who);
        }
    }

    /** Takes an owner that is slow for dead. */
    static final class Lease extends PlainLock {
        @Override
        synchronized Grant tryLock(Recorder who) {
            ownerDied = owner != null;
            return super.tryLock(who);
        }
    }

    private static void stranger(Stage stage) {
        PlainLock lock = new PlainLock();
        LockEnd owner = LockEnd.of(stage, lock);
        LockEnd stranger = LockEnd.of(stage, lock);
        owner.tryLock();
        stranger.unlock();
        owner.unlock();
    }

    static final class TellsNothing extends PlainLock {
        @Override
        synchronized Grant tryLock(Recorder who) {
            Grant grant = super.tryLock(who);
            return grant == Grant.TAKEN_OVER ? Grant.GRANTED : grant;
        }
    }

    /** The mark that an owner died is never taken away. */
    static final class KeepsTheMark extends PlainLock {
        private boolean mark;

        KeepsTheMark(boolean mark) {
            this.mark = mark;
        }

        @Override
        synchronized void died(Recorder who) {
            mark = true;
            super.died(who);
        }

        @Override
        synchronized Grant tryLock(Recorder who) {
            Grant grant = super.tryLock(who);
            return mark && grant == Grant.GRANTED ? Grant.TAKEN_OVER : grant;
        }
    }
}
