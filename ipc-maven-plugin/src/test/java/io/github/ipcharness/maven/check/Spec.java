package io.github.ipcharness.maven.check;

import java.util.List;

/** What an object does when it is asked for one thing after the other. Plain, so that it can be believed. */
interface Spec<S> {

    S initial();

    /**
     * The states in which the operation may leave the object.
     *
     * @return none if the operation cannot have the outcome that it has; several if it is free to choose
     */
    List<S> after(S state, Op op);

    /** Whether all may be over in this state. */
    default boolean mayEnd(S state) {
        return true;
    }
}
