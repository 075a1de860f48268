package io.github.ipcharness.ipc.conformance;

import java.nio.file.Path;

/** Opens a transport, in whatever process. */
@FunctionalInterface
interface Opener<P> {

    /** @param number 0 or 1, of the two ends of a connection; of no meaning elsewhere */
    P open(Path home, int number) throws Exception;
}
