package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLong;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.conformance.NumberConformance;
import io.github.ipcharness.ipc.conformance.NumberParty;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Our shared long. */
class OurNumberTest extends NumberConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected NumberParty join(Path home) {
        Ipc ipc = Ipc.open(home);
        SharedLong number = ipc.sharedLong("n", 0);
        return new NumberParty() {
            @Override
            public long get() {
                return number.get();
            }

            @Override
            public void set(long value) {
                number.set(value);
            }

            @Override
            public long getAndAdd(long delta) {
                return number.getAndAdd(delta);
            }

            @Override
            public boolean compareAndSet(long expected, long next) {
                return number.compareAndSet(expected, next);
            }

            @Override
            public void close() {
                ipc.close();
            }
        };
    }
}
