package io.github.ipcharness.maven.check;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Processes that use one device at the same time, step by step, in a random order.
 *
 * <p>Each operation is called, takes effect and returns in three steps, so that what comes out is linearizable by
 * construction. A process may die between any two of them, once the first call
 * was made, and leaves a pending operation that happened or did not.
 * Several steps may fall on one instant, but no process returns and calls again at once.
 */
final class Simulation {

    /** In how many steps a process dies once. */
    private static final int DEATHS = 40;

    private final SplittableRandom random;
    private final Device device;
    private final int deaths;
    private final Op[] asked;
    private final Op[] answered;
    private final boolean[] dead;
    private final long[] rested;
    private final List<Op> done = new ArrayList<>();
    private long clock;
    private int toStart;
    private boolean begun;

    private Simulation(Device device, int processes, int operations, int deaths, SplittableRandom random) {
        this.device = device;
        this.random = random;
        this.deaths = deaths;
        this.asked = new Op[processes];
        this.answered = new Op[processes];
        this.dead = new boolean[processes];
        this.rested = new long[processes];
        this.toStart = operations;
    }

    /** The operations, those of them first that returned first, and pending ones last. */
    static List<Op> run(Device device, int processes, int operations, SplittableRandom random) {
        return new Simulation(device, processes, operations, DEATHS, random).run();
    }

    /** Nobody dies. */
    static List<Op> runToTheEnd(Device device, int processes, int operations, SplittableRandom random) {
        return new Simulation(device, processes, operations, Integer.MAX_VALUE, random).run();
    }

    private List<Op> run() {
        // Whatever the order is, a process has its turn now and then; who then is not done yet will never be.
        for (int steps = 8 * toStart * asked.length; steps > 0; steps--) {
            clock += random.nextInt(3);
            int process = random.nextInt(asked.length);
            dead[process] |= begun && random.nextInt(deaths) == 0;
            if (!dead[process]) {
                step(process);
            }
        }
        for (Op op : asked) {
            if (op != null) {
                done.add(op);
            }
        }
        return done;
    }

    private void step(int process) {
        if (answered[process] != null) {
            done.add(answered[process].called(asked[process].call()).returned(clock));
            asked[process] = null;
            answered[process] = null;
            rested[process] = clock + 1;
        } else if (asked[process] != null) {
            answered[process] = device.answer(asked[process]);
        } else if (toStart > 0) {
            toStart--;
            begun = true;
            clock = Math.max(clock, rested[process]);
            asked[process] = device.ask(process, random).called(clock);
        }
    }
}
