package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.NumberParty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** Numbers that are each wrong in one way. */
final class BrokenNumbers {

    private BrokenNumbers() {}

    @Fails("itIsZeroAtFirstAndThenWhatAnyProcessHasSet")
    static final class HasThirtyTwoBits extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                @Override
                public void set(long value) throws IOException {
                    super.set((int) value);
                }
            };
        }
    }

    @Fails("anUpdateGivesWhatWasThereBefore")
    static final class GivesWhatIsThereAfterwards extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                @Override
                public long getAndAdd(long delta) throws IOException {
                    return super.getAndAdd(delta) + delta;
                }
            };
        }
    }

    @Fails({"noUpdateIsLost", "eachUpdateSeesAValueOfItsOwn"})
    static final class AddsInTwoSteps extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                @Override
                public long getAndAdd(long delta) throws IOException {
                    long before = get();
                    set(before + delta);
                    return before;
                }
            };
        }
    }

    @Fails("ofAllWhoCompareAndSetTheSameValueOneSucceeds")
    static final class ComparesAndThenSets extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                @Override
                public boolean compareAndSet(long expected, long next) throws IOException {
                    boolean is = get() == expected;
                    if (is) {
                        // Often enough for others to come in between, and seldom enough to be done in time.
                        LockSupport.parkNanos(expected % 50 == 0 ? 1_000_000 : 0);
                        set(next);
                    }
                    return is;
                }
            };
        }
    }

    @Fails("noReaderSeesItGoBack")
    static final class GoesBackOnceInAWhile extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                private int count;

                @Override
                public long get() throws IOException {
                    return super.get() - (++count % 100 == 0 ? 1_000 : 0);
                }
            };
        }
    }

    @Fails("aKilledProcessHasCountedWhatItSaidAndAtMostOneMore")
    static final class WritesLater extends FileNumberTest {

        @Override
        protected NumberParty join(Path home) {
            return new FileNumber(home) {
                private long kept;

                @Override
                public long getAndAdd(long delta) throws IOException {
                    kept += delta;
                    if (kept < 2_000) {
                        return get();
                    }
                    long add = kept;
                    kept = 0;
                    return super.getAndAdd(add);
                }
            };
        }
    }
}
