package io.github.ipcharness.maven.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tries all orders of the operations that respect time (Wing and Gong, 1993).
 *
 * <p>Next in an order can be an operation before which no other had returned. All that returned must have their place;
 * one that never returned may have a place or none. What was tried in vain is not tried again.
 */
final class Exhaustive<S> {

    private record Tried<S>(S state, int done) {}

    private final Spec<S> spec;
    private final List<Op> ops;
    private final Set<Tried<S>> tried = new HashSet<>();

    private Exhaustive(Spec<S> spec, List<Op> ops) {
        this.spec = spec;
        this.ops = ops;
    }

    /** @param ops at most 32 */
    static <S> boolean isLinearizable(Spec<S> spec, List<Op> ops) {
        return new Exhaustive<>(spec, ops).canGoOn(spec.initial(), 0);
    }

    private boolean canGoOn(S state, int done) {
        if (isAllDone(done) && spec.mayEnd(state)) {
            return true;
        }
        if (!tried.add(new Tried<>(state, done))) {
            return false;
        }
        long firstReturn = firstReturn(done);
        for (int i = 0; i < ops.size(); i++) {
            if (!isIn(i, done) && ops.get(i).call() <= firstReturn) {
                for (S next : spec.after(state, ops.get(i))) {
                    if (canGoOn(next, done | 1 << i)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean isAllDone(int done) {
        return firstReturn(done) == Long.MAX_VALUE;
    }

    /** Among those that have no place yet. */
    private long firstReturn(int done) {
        long first = Long.MAX_VALUE;
        for (int i = 0; i < ops.size(); i++) {
            first = isIn(i, done) ? first : Math.min(first, ops.get(i).returned());
        }
        return first;
    }

    private static boolean isIn(int i, int done) {
        return (done & 1 << i) != 0;
    }
}
