package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.LockParty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Locks that are each wrong in one way. */
final class BrokenLocks {

    private BrokenLocks() {}

    @Fails("oneAtATimeHoldsIt")
    static final class LetsInWhoFindsItHeld extends FileLockTest {

        @Override
        protected LockParty join(Path home) {
            return new FileLockParty(home) {
                private boolean without;

                @Override
                public Outcome lock(Duration timeout) throws Exception {
                    without = super.lock(Duration.ZERO) == Outcome.BUSY;
                    return Outcome.LOCKED;
                }

                @Override
                public void unlock() throws IOException {
                    if (!without) {
                        super.unlock();
                    }
                }
            };
        }
    }

    @Fails("anOwnerThatStandsStillKeepsIt")
    static final class IsTakenFromWhoHoldsItForLong extends FileLockTest {

        @Override
        protected LockParty join(Path home) {
            return new FileLockParty(home) {
                private boolean without;

                @Override
                public Outcome lock(Duration timeout) throws Exception {
                    Outcome outcome = super.lock(Duration.ofMillis(Math.min(2, timeout.toMillis())));
                    without = outcome == Outcome.BUSY && timeout.toMillis() > 100;
                    return without ? Outcome.LOCKED : outcome;
                }

                @Override
                public void unlock() throws IOException {
                    if (!without) {
                        super.unlock();
                    }
                }
            };
        }
    }

    @Fails({"whoFindsItHeldWaitsNoShorterThanItWasTold", "whoWaitsGetsItWhenItIsUnlocked"})
    static final class NeverWaits extends FileLockTest {

        @Override
        protected LockParty join(Path home) {
            return new FileLockParty(home) {
                @Override
                public Outcome lock(Duration timeout) throws Exception {
                    return super.lock(Duration.ZERO);
                }
            };
        }
    }

    @Fails("onlyItsOwnerUnlocksIt")
    static final class IsUnlockedByAnyone extends FileLockTest {

        @Override
        protected LockParty join(Path home) {
            return new FileLockParty(home) {
                @Override
                public void unlock() throws IOException {
                    try {
                        super.unlock();
                    } catch (IllegalMonitorStateException e) {
                        // Whoever it was.
                        return;
                    }
                }
            };
        }
    }

    @Fails({
        "whoWaitsForAnOwnerThatIsKilledGetsItAndIsToldSoOnce",
        "ofTwoWhoWaitForAnOwnerThatIsKilledOneIsTold",
        "workThatADeathLeftHalfDoneIsAlwaysAnnounced"
    })
    static final class TellsNobodyOfADeath extends FileLockTest {

        @Override
        protected boolean tellsOfDeath() {
            return true;
        }
    }

    @Fails("aWaiterThatIsKilledIsInNobodysWay")
    static final class StaysReservedForWhoWaits extends FileLockTest {

        @Override
        protected LockParty join(Path home) {
            Path reserved = home.resolve("reserved");
            return new FileLockParty(home) {
                @Override
                public Outcome lock(Duration timeout) throws Exception {
                    Outcome outcome = Files.exists(reserved) ? Outcome.BUSY : super.lock(Duration.ZERO);
                    if (outcome == Outcome.BUSY && timeout.toMillis() > 100 && !Files.exists(reserved)) {
                        Files.createFile(reserved);
                        outcome = super.lock(timeout);
                        Files.delete(reserved);
                    }
                    return outcome;
                }
            };
        }
    }
}
