package io.github.ipcharness.maven.check;

/**
 * Where a fault met its process, as far as the process's own records prove it.
 *
 * @param what the same in words, as the end of a sentence that begins with the fault: {@code landed inside put of queue
 *     orders}
 */
public record Landing(Where where, String what) {

    /** What it met. */
    public enum Where {
        /** A call that had begun and not returned. */
        INSIDE,
        /** A process that went on, or would have gone on, but was in no call. */
        BETWEEN,
        /** Nothing. */
        NOWHERE
    }

    public boolean landed() {
        return where != Where.NOWHERE;
    }

    static Landing nowhere(String because) {
        return new Landing(Where.NOWHERE, "did not land: " + because);
    }
}
