package io.github.ipcharness.ipc.conformance;

/** A member died while it did what it was told to. */
final class MemberDiedException extends Exception {

    private static final long serialVersionUID = 1;

    MemberDiedException(Exception cause) {
        super(cause);
    }
}
