package io.github.ipcharness.ipc.conforming;

import io.github.ipcharness.ipc.conformance.NumberConformance;
import io.github.ipcharness.ipc.conformance.NumberParty;
import java.nio.file.Path;

/** A number in a file. */
class FileNumberTest extends NumberConformance {

    @Override
    protected NumberParty join(Path home) {
        return new FileNumber(home);
    }
}
