package io.github.ipcharness.ipc.conformance;

import java.io.Serializable;

/** What a member of a test does, in its own process: it is sent there, so it may use nothing but what is serializable. */
@FunctionalInterface
interface Script<P, R extends Serializable> extends Serializable {

    R run(P party) throws Exception;
}
