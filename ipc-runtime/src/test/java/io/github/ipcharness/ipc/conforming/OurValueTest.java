package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedMemory;
import io.github.ipcharness.ipc.SharedValue;
import io.github.ipcharness.ipc.conformance.ValueConformance;
import io.github.ipcharness.ipc.conformance.ValueParty;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Our value of several words. */
class OurValueTest extends ValueConformance {

    @TempDir(factory = SharedMemory.class)
    Path shared;

    @Override
    protected Path home(Path temporary) {
        return shared;
    }

    @Override
    protected ValueParty join(Path home) {
        Ipc ipc = Ipc.open(home);
        SharedValue<byte[]> value = ipc.value("v", Codec.BYTES, maxLength());
        return new ValueParty() {
            @Override
            public byte[] read() {
                return value.get();
            }

            @Override
            public void write(byte[] bytes) {
                value.set(bytes);
            }

            @Override
            public void close() {
                ipc.close();
            }
        };
    }
}
