package io.github.ipcharness.maven.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides by search whether a history is linearizable: sound and complete, unless the budget runs out.
 *
 * <p>Wing and Gong's search (1993) with Lowe's memory of what was seen (2017), in Lowe's just-in-time form. Time is gone
 * through once, call by call and return by return, with the set of all <em>configurations</em> in which the object may
 * be: its state, and which of the operations that are open now have taken effect. Only when an operation returns must
 * it have taken effect; then each configuration in which it has not is continued in every possible way until it has. An
 * operation that changes nothing takes effect as soon as it can, which never hurts. If no configuration is left, there
 * is no linearization, because any one could be put off in the same way.
 *
 * <p>So memory grows with how many operations are open at once, not with the history, and at a quiescent point only the
 * possible states are left. Operations that never return stay open, and may take effect at any time or never.
 */
final class Search<S> {

    private static final int MAX_OPEN = Long.SIZE;
    private static final int MAX_CONFIGURATIONS = 200_000;
    private static final int MAX_STATES_TOLD = 3;

    /** What the object does. Operations are numbers between 0 and {@link #size}. States have equals and hashCode. */
    interface Model<S> {
        int size();

        /** When it was called. */
        long call(int operation);

        /** When it returned; {@link Long#MAX_VALUE} if never. */
        long returned(int operation);

        S initial();

        /** The state after the operation took effect with the result that it had; null if it could not. */
        S apply(S state, int operation);

        /** Whether there are states that the operation leaves as they are. */
        boolean mayOnlyLook(int operation);

        /** Whether all may be over in this state, as far as only operations are left that never return. */
        default boolean mayEnd(S state) {
            return true;
        }

        /** What one application costs. */
        default int weight(S state) {
            return 1;
        }
    }

    enum Answer {
        LINEARIZABLE,
        NOT_LINEARIZABLE,
        GAVE_UP
    }

    /**
     * @param at the operation by whose return nothing was possible any more; -1 if everything returned, and the object
     *     was in no state in which all may be over
     * @param open what was open then besides it
     * @param states the states that the object may have been in, in vain; empty if there are many
     */
    record Result<S>(Answer answer, int at, int[] open, Set<S> states) {}

    private record Configuration<S>(S state, long done) {}

    private final Model<S> model;
    private final int[] open = new int[MAX_OPEN];
    private final int[] slotOf;
    private long openMask;
    private long lookMask;
    private long budget;
    private Set<Configuration<S>> configurations = new HashSet<>();
    private final Set<S> tried = new LinkedHashSet<>();

    private Search(Model<S> model, long budget) {
        this.model = model;
        this.budget = budget;
        this.slotOf = new int[model.size()];
    }

    /** @param budget how many applications of operations to states it may cost */
    static <S> Result<S> run(Model<S> model, long budget) {
        return new Search<>(model, budget).run();
    }

    /** A budget in proportion: enough for a long history, if not much is open at once. */
    static long budget(int operations) {
        return 3_000_000L + 60L * operations;
    }

    private Result<S> run() {
        int size = model.size();
        int[] calls = IndexSort.order(size, model::call);
        int[] returns = IndexSort.order(size, model::returned);
        configurations.add(new Configuration<>(model.initial(), 0));
        int c = 0;
        for (int next : returns) {
            long now = model.returned(next);
            while (c < size && model.call(calls[c]) <= now) {
                if (Long.bitCount(openMask) == MAX_OPEN) {
                    return result(Answer.GAVE_UP, calls[c]);
                }
                call(calls[c++]);
            }
            if (now == Long.MAX_VALUE) {
                break;
            }
            Answer answer = returned(next);
            if (answer != Answer.LINEARIZABLE) {
                return result(answer, next);
            }
        }
        return result(end(), -1);
    }

    /** What never returned may have happened after all the rest, in any order. */
    private Answer end() {
        Set<Configuration<S>> seen = new HashSet<>(configurations);
        ArrayDeque<Configuration<S>> todo = new ArrayDeque<>(configurations);
        while (!todo.isEmpty()) {
            Configuration<S> configuration = todo.pop();
            if (model.mayEnd(configuration.state)) {
                return Answer.LINEARIZABLE;
            }
            for (Configuration<S> next : next(configuration)) {
                if (seen.add(next)) {
                    todo.push(next);
                }
            }
            if (budget < 0 || seen.size() > MAX_CONFIGURATIONS) {
                return Answer.GAVE_UP;
            }
        }
        return Answer.NOT_LINEARIZABLE;
    }

    private List<Configuration<S>> next(Configuration<S> configuration) {
        List<Configuration<S>> all = new ArrayList<>();
        for (long rest = openMask & ~configuration.done; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            budget -= model.weight(configuration.state);
            S next = model.apply(configuration.state, open[slot]);
            if (next != null) {
                all.add(look(next, configuration.done | 1L << slot));
            }
        }
        return all;
    }

    private Result<S> result(Answer answer, int at) {
        int[] others = new int[MAX_OPEN];
        int count = 0;
        for (long rest = openMask; rest != 0; rest &= rest - 1) {
            int operation = open[Long.numberOfTrailingZeros(rest)];
            if (operation != at) {
                others[count++] = operation;
            }
        }
        return new Result<>(
                answer, at, Arrays.copyOf(others, count), tried.size() <= MAX_STATES_TOLD ? tried : Set.of());
    }

    private void call(int operation) {
        int slot = Long.numberOfTrailingZeros(~openMask);
        open[slot] = operation;
        slotOf[operation] = slot;
        openMask |= 1L << slot;
        if (model.mayOnlyLook(operation)) {
            lookMask |= 1L << slot;
            Set<Configuration<S>> looked = new HashSet<>();
            for (Configuration<S> configuration : configurations) {
                looked.add(look(configuration.state, configuration.done));
            }
            configurations = looked;
        }
    }

    /** Lets all open operations take effect that can without changing anything. */
    private Configuration<S> look(S state, long done) {
        long now = done;
        for (long rest = lookMask & openMask & ~done; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            budget--;
            if (state.equals(model.apply(state, open[slot]))) {
                now |= 1L << slot;
            }
        }
        return new Configuration<>(state, now);
    }

    private Answer returned(int operation) {
        long bit = 1L << slotOf[operation];
        Set<Configuration<S>> after = new HashSet<>();
        Set<Configuration<S>> seen = new HashSet<>();
        ArrayDeque<Configuration<S>> todo = new ArrayDeque<>();
        tried.clear();
        for (Configuration<S> configuration : configurations) {
            arrive(configuration, bit, after, seen, todo);
        }
        while (!todo.isEmpty()) {
            Configuration<S> configuration = todo.pop();
            if (tried.size() <= MAX_STATES_TOLD) {
                tried.add(configuration.state);
            }
            for (Configuration<S> next : next(configuration)) {
                arrive(next, bit, after, seen, todo);
            }
            if (budget < 0 || seen.size() + after.size() > MAX_CONFIGURATIONS) {
                return Answer.GAVE_UP;
            }
        }
        if (after.isEmpty()) {
            return Answer.NOT_LINEARIZABLE;
        }
        configurations = after;
        openMask &= ~bit;
        lookMask &= ~bit;
        return Answer.LINEARIZABLE;
    }

    private void arrive(
            Configuration<S> configuration,
            long bit,
            Set<Configuration<S>> after,
            Set<Configuration<S>> seen,
            ArrayDeque<Configuration<S>> todo) {
        if ((configuration.done & bit) != 0) {
            after.add(new Configuration<>(configuration.state, configuration.done & ~bit));
        } else if (seen.add(configuration)) {
            todo.push(configuration);
        }
    }
}
