package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.legal;

import io.github.ipcharness.ipc.Call;
import java.util.ArrayList;
import java.util.List;

/** Locks that keep their contract, in ways that look odd. */
final class LegalLocks {

    private LegalLocks() {}

    static List<Planted> all() {
        return List.of(
                legal("contended freely", LegalLocks::freely),
                legal("recovered lock told", LegalLocks::inherited),
                legal("three owners die one after another", LegalLocks::manyDead),
                legal("died while it asked", LegalLocks::diedAsking),
                legal("died while it gave it back", LegalLocks::diedGivingBack),
                legal("asked in vain", LegalLocks::inVain),
                legal("granted before the unlock has returned", LegalLocks::handedOver));
    }

    private static void freely(Stage stage) throws Exception {
        PlainLock lock = new PlainLock();
        List<Stage.Part> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LockEnd end = LockEnd.of(stage, lock);
            parts.add(() -> {
                for (int n = 0; n < 200; n++) {
                    end.lock();
                    end.unlock();
                }
            });
        }
        Stage.together(parts);
    }

    private static void inherited(Stage stage) {
        PlainLock lock = new PlainLock();
        use(stage, lock);
        LockEnd dead = LockEnd.of(stage, lock);
        dead.tryLock();
        dead.die();
        use(stage, lock);
        use(stage, lock);
    }

    private static void use(Stage stage, PlainLock lock) {
        LockEnd end = LockEnd.of(stage, lock);
        end.tryLock();
        end.unlock();
    }

    private static void manyDead(Stage stage) {
        PlainLock lock = new PlainLock();
        for (int i = 0; i < 3; i++) {
            LockEnd dead = LockEnd.of(stage, lock);
            dead.tryLock();
            dead.die();
        }
        use(stage, lock);
    }

    /** It had got the lock, but died before it knew. */
    private static void diedAsking(Stage stage) {
        PlainLock lock = new PlainLock();
        LockEnd dead = LockEnd.of(stage, lock);
        dead.beginLock();
        lock.tryLock(dead.recorder());
        dead.die();
        use(stage, lock);
    }

    /** It had given it back, but died before it knew: nobody need be told. */
    private static void diedGivingBack(Stage stage) {
        PlainLock lock = new PlainLock();
        LockEnd dead = LockEnd.of(stage, lock);
        dead.tryLock();
        dead.beginUnlock();
        lock.unlock(dead.recorder());
        dead.die();
        use(stage, lock);
    }

    private static void inVain(Stage stage) {
        PlainLock lock = new PlainLock();
        LockEnd owner = LockEnd.of(stage, lock);
        LockEnd other = LockEnd.of(stage, lock);
        owner.tryLock();
        other.tryLock();
        other.tryLock();
        owner.unlock();
        other.tryLock();
        other.unlock();
    }

    private static void handedOver(Stage stage) {
        PlainLock lock = new PlainLock();
        LockEnd one = LockEnd.of(stage, lock);
        LockEnd other = LockEnd.of(stage, lock);
        one.tryLock();
        Call unlock = one.beginUnlock();
        lock.unlock(one.recorder());
        other.tryLock();
        other.unlock();
        Stage.tick();
        unlock.ok();
    }
}
