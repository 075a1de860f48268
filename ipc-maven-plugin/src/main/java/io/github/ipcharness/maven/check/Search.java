package io.github.ipcharness.maven.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.LongStream;

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
 * possible states are left. Operations that never return stay open, and may take effect at any time or never. As that
 * doubles the configurations for each, two things are left out: a configuration that differs from another only in that
 * more of these are done, since the other can do all that it can; and which one of several that are alike is done.
 *
 * <p>Where the budget does not last, it is gone through once more, and only a few configurations are kept at each return:
 * those in which the least is done, from which the most is possible. If one lasts to the end, that is a linearization all
 * the same; if none does, nothing is proved.
 */
final class Search<S> {

    private static final int MAX_OPEN = Long.SIZE;
    private static final int MAX_CONFIGURATIONS = 200_000;
    private static final int MAX_STATES_TOLD = 3;
    /** How many configurations are kept when all of them are too many. */
    private static final int FEW = 200;

    private static final int FEW_COST = 10;

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

        /** Whether two operations that never returned would do the same. */
        default boolean isAlike(int a, int b) {
            return false;
        }

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
    /** What never returns. */
    private long endlessMask;
    /** By slot of what never returns: all slots with the like, itself too. */
    private final long[] alike = new long[MAX_OPEN];

    private long budget;
    /** How many configurations are kept at each return. */
    private final int most;

    private Frontier<S> frontier;
    private final Set<S> tried = new LinkedHashSet<>();

    private Search(Model<S> model, long budget, int most) {
        this.model = model;
        this.budget = budget;
        this.most = most;
        this.slotOf = new int[model.size()];
    }

    /** @param budget how many applications of operations to states it may cost */
    static <S> Result<S> run(Model<S> model, long budget) {
        Result<S> result = new Search<>(model, budget, Integer.MAX_VALUE).run();
        if (result.answer == Answer.GAVE_UP) {
            Result<S> narrow = new Search<>(model, FEW_COST * budget, FEW).run();
            return narrow.answer == Answer.LINEARIZABLE ? narrow : result;
        }
        return result;
    }

    /** A budget in proportion: enough for a long history, if not much is open at once. */
    static long budget(int operations) {
        return 3_000_000L + 60L * operations;
    }

    private Result<S> run() {
        int size = model.size();
        int[] calls = IndexSort.order(size, model::call);
        int[] returns = IndexSort.order(size, model::returned);
        frontier = new Frontier<>(0);
        frontier.add(new Configuration<>(model.initial(), 0));
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
        Frontier<S> seen = new Frontier<>(endlessMask);
        Queue<Configuration<S>> todo = leastFirst();
        for (Configuration<S> configuration : frontier) {
            arrive(configuration, seen, todo);
        }
        while (!todo.isEmpty()) {
            Configuration<S> configuration = todo.remove();
            if (!seen.contains(configuration)) {
                continue;
            }
            if (model.mayEnd(configuration.state)) {
                return Answer.LINEARIZABLE;
            }
            for (Configuration<S> next : next(configuration)) {
                arrive(next, seen, todo);
            }
            if (budget < 0 || seen.size() > MAX_CONFIGURATIONS) {
                return Answer.GAVE_UP;
            }
        }
        return Answer.NOT_LINEARIZABLE;
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
        if (model.returned(operation) == Long.MAX_VALUE) {
            callEndless(operation, slot);
        } else if (model.mayOnlyLook(operation)) {
            lookMask |= 1L << slot;
            Frontier<S> looked = new Frontier<>(endlessMask);
            for (Configuration<S> configuration : frontier) {
                looked.add(look(configuration.state, configuration.done));
            }
            frontier = looked;
        }
    }

    private void callEndless(int operation, int slot) {
        long likes = 1L << slot;
        for (long rest = endlessMask; rest != 0; rest &= rest - 1) {
            int other = Long.numberOfTrailingZeros(rest);
            likes |= model.isAlike(operation, open[other]) ? 1L << other : 0;
        }
        endlessMask |= 1L << slot;
        for (long rest = likes; rest != 0; rest &= rest - 1) {
            alike[Long.numberOfTrailingZeros(rest)] = likes;
        }
        Frontier<S> all = new Frontier<>(endlessMask);
        for (Configuration<S> configuration : frontier) {
            all.add(new Configuration<>(configuration.state, lowestOf(likes, configuration.done)));
        }
        frontier = all;
    }

    /** Of operations that are alike, those in the lowest slots are taken to have happened. */
    private static long lowestOf(long likes, long done) {
        long lowest = done & ~likes;
        long rest = likes;
        for (int count = Long.bitCount(done & likes); count > 0; count--) {
            lowest |= Long.lowestOneBit(rest);
            rest &= rest - 1;
        }
        return lowest;
    }

    /** Lets all open operations take effect that can without changing anything. */
    private Configuration<S> look(S state, long done) {
        long now = done;
        for (long rest = lookMask & ~done; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            budget--;
            if (state.equals(model.apply(state, open[slot]))) {
                now |= 1L << slot;
            }
        }
        return new Configuration<>(state, now);
    }

    private List<Configuration<S>> next(Configuration<S> configuration) {
        List<Configuration<S>> all = new ArrayList<>();
        for (long rest = openMask & ~configuration.done; rest != 0; rest &= rest - 1) {
            int slot = Long.numberOfTrailingZeros(rest);
            boolean endless = (endlessMask & 1L << slot) != 0;
            if (endless && (alike[slot] & ~configuration.done & (1L << slot) - 1) != 0) {
                continue;
            }
            budget -= model.weight(configuration.state);
            S next = model.apply(configuration.state, open[slot]);
            if (next != null && !(endless && next.equals(configuration.state))) {
                all.add(look(next, configuration.done | 1L << slot));
            }
        }
        return all;
    }

    private Answer returned(int operation) {
        long bit = 1L << slotOf[operation];
        Frontier<S> after = new Frontier<>(endlessMask);
        Frontier<S> seen = new Frontier<>(endlessMask);
        Queue<Configuration<S>> todo = leastFirst();
        tried.clear();
        for (Configuration<S> configuration : frontier) {
            arrive(configuration, bit, after, seen, todo);
        }
        while (!todo.isEmpty() && after.size() < most) {
            Configuration<S> configuration = todo.remove();
            if (!seen.contains(configuration)) {
                continue;
            }
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
        if (after.size() == 0) {
            return Answer.NOT_LINEARIZABLE;
        }
        frontier = after;
        openMask &= ~bit;
        lookMask &= ~bit;
        return Answer.LINEARIZABLE;
    }

    /** Those with few of what never returned are gone on with first: they make others needless. */
    private Queue<Configuration<S>> leastFirst() {
        if (most < Integer.MAX_VALUE) {
            return new PriorityQueue<>(Comparator.comparingInt(each -> Long.bitCount(each.done)));
        }
        return endlessMask == 0
                ? Collections.asLifoQueue(new ArrayDeque<>())
                : new PriorityQueue<>(Comparator.comparingInt(each -> Long.bitCount(each.done & endlessMask)));
    }

    private void arrive(
            Configuration<S> configuration,
            long bit,
            Frontier<S> after,
            Frontier<S> seen,
            Queue<Configuration<S>> todo) {
        if ((configuration.done & bit) != 0) {
            after.add(new Configuration<>(configuration.state, configuration.done & ~bit));
        } else {
            arrive(configuration, seen, todo);
        }
    }

    private void arrive(Configuration<S> configuration, Frontier<S> seen, Queue<Configuration<S>> todo) {
        if (seen.add(configuration)) {
            todo.add(configuration);
        }
    }

    /**
     * Configurations of which none makes another needless. What never returned need not have happened, so the fewer of
     * these are done, the more is possible: of two that differ in nothing else, the one with fewer does.
     */
    private static final class Frontier<S> implements Iterable<Configuration<S>> {

        private static final long[] NOTHING = {0};

        private final long endlessMask;
        /** The state and what else is done; for these, what is done of what never returns. */
        private final Map<Configuration<S>, long[]> all = new HashMap<>();

        private int size;

        Frontier(long endlessMask) {
            this.endlessMask = endlessMask;
        }

        int size() {
            return size;
        }

        /** Whether it was not needless itself. */
        boolean add(Configuration<S> configuration) {
            if (endlessMask == 0) {
                boolean added = all.put(configuration, NOTHING) == null;
                size += added ? 1 : 0;
                return added;
            }
            Configuration<S> rest = rest(configuration);
            long mine = configuration.done & endlessMask;
            long[] others = all.getOrDefault(rest, new long[0]);
            if (LongStream.of(others).anyMatch(other -> (other & ~mine) == 0)) {
                return false;
            }
            LongStream kept = LongStream.of(others).filter(other -> (mine & ~other) != 0);
            long[] now = LongStream.concat(kept, LongStream.of(mine)).toArray();
            all.put(rest, now);
            size += now.length - others.length;
            return true;
        }

        /** Whether it was added, and has not become needless since. */
        boolean contains(Configuration<S> configuration) {
            return endlessMask == 0
                    || LongStream.of(all.get(rest(configuration)))
                            .anyMatch(done -> done == (configuration.done & endlessMask));
        }

        private Configuration<S> rest(Configuration<S> configuration) {
            return new Configuration<>(configuration.state, configuration.done & ~endlessMask);
        }

        @Override
        public Iterator<Configuration<S>> iterator() {
            if (endlessMask == 0) {
                return all.keySet().iterator();
            }
            return all.entrySet().stream()
                    .flatMap(entry -> LongStream.of(entry.getValue())
                            .mapToObj(done -> new Configuration<>(entry.getKey().state, entry.getKey().done | done)))
                    .iterator();
        }
    }
}
