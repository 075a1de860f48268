package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ValueParty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/** Values that are each wrong in one way. */
final class BrokenValues {

    private BrokenValues() {}

    @Fails("whatAProcessHasWrittenIsWhatOthersRead")
    static final class ReadsItsOwnWrites extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                private byte[] own;

                @Override
                public byte[] read() throws IOException {
                    return own == null ? super.read() : own;
                }

                @Override
                public void write(byte[] value) throws IOException {
                    own = value;
                    super.write(value);
                }
            };
        }
    }

    @Fails("aKilledWriterLeavesAWholeValueThatIsNoOlderThanItsLastWrite")
    static final class RestsBetweenTheHalves extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                @Override
                public void write(byte[] value) throws IOException {
                    byte[] half = value.clone();
                    Arrays.fill(half, half.length / 2, half.length, (byte) 0);
                    super.write(half);
                    LockSupport.parkNanos(5_000_000);
                    super.write(value);
                }
            };
        }
    }

    @Fails("aValueIsReadWholeWhileOthersWriteIt")
    static final class WritesInTwoSteps extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                @Override
                public void write(byte[] value) throws IOException {
                    byte[] half = value.clone();
                    Arrays.fill(half, half.length / 2, half.length, (byte) 0);
                    super.write(half);
                    super.write(value);
                }
            };
        }
    }

    @Fails("noReaderSeesAnOlderValueAfterANewerOne")
    static final class GoesBackOnceInAWhile extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                private byte[] old;
                private int count;

                @Override
                public byte[] read() throws IOException {
                    byte[] now = super.read();
                    old = count % 100 == 0 ? now : old;
                    return ++count % 100 == 99 ? old : now;
                }
            };
        }
    }

    @Fails("whatOneReaderHasSeenTheNextOneSeesToo")
    static final class LooksOnceInAWhile extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                private byte[] seen;
                private int count;

                @Override
                public byte[] read() throws IOException {
                    seen = count++ % 10 == 0 ? super.read() : seen;
                    return seen;
                }
            };
        }
    }

    @Fails("aValueIsReadAsLongAsItWasWritten")
    static final class IsAlwaysAsLong extends FileValueTest {

        @Override
        protected ValueParty join(Path home) {
            return new FileValue(home) {
                @Override
                public byte[] read() throws IOException {
                    return Arrays.copyOf(super.read(), 1_000);
                }
            };
        }
    }
}
