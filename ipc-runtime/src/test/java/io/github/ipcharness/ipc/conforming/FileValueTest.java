package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.ValueConformance;
import io.github.ipcharness.ipc.conformance.ValueParty;
import java.nio.file.Path;

/** A value in a file. */
class FileValueTest extends ValueConformance {

    @Override
    protected ValueParty join(Path home) {
        return new FileValue(home);
    }
}
