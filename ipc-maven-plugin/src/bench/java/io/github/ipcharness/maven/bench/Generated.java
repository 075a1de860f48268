package io.github.ipcharness.maven.bench;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Histories as a run leaves them: a file for each process, written by the runtime's own writer, stamped by the real clock
 * as the calls of four processes interleave. Each call takes effect between its two stamps, so they are right; which
 * process goes on next is drawn by a seed, so they are the same each time but for the stamps.
 */
abstract class Generated {

    static final long SEED = 20_261_123;
    static final int PROCESSES = 4;

    private final SplittableRandom random = new SplittableRandom(SEED);
    final HistoryWriter[] writers = new HistoryWriter[PROCESSES];
    final int[] objects = new int[PROCESSES];
    /** By process: the record of the call that it is in, or 0. */
    private final long[] open = new long[PROCESSES];
    /** As many calls have begun as there should be. */
    boolean over;

    /** Begins the process's next call, and gives its record. */
    abstract long begin(int process);

    /** Lets the process's call take effect and return, if it can. */
    abstract boolean end(int process, long record);

    final void write(Path directory, String kind, long operations, String... attributes) {
        for (int p = 0; p < PROCESSES; p++) {
            writers[p] = HistoryWriter.open(directory, (p % 2 == 0 ? "producer-" : "consumer-") + p / 2, p + 1);
            objects[p] = writers[p].define(kind, "bench", attributes);
        }
        for (long begun = 0; begun < operations; ) {
            begun += step(random.nextInt(PROCESSES));
        }
        over = true;
        for (int p = 0; p < PROCESSES; p++) {
            while (open[p] != 0 || isNeeded(p)) {
                step(p);
            }
        }
        for (HistoryWriter writer : writers) {
            writer.close();
        }
    }

    /** How many calls began: a process ends the call that it is in, or else begins one. */
    private int step(int process) {
        if (open[process] != 0) {
            open[process] = end(process, open[process]) ? 0 : open[process];
            return 0;
        }
        open[process] = begin(process);
        return 1;
    }

    /** Whether the process must go on although it is over. */
    boolean isNeeded(int process) {
        return false;
    }

    /** Two producers and two consumers over one of our own queues, whose recordings know messages by identity. */
    static final class Queue extends Generated {

        static final int CAPACITY = 1024;
        private final long[] ring = new long[CAPACITY];
        private final long[] sequences = new long[PROCESSES];
        private int head;
        private int size;

        @Override
        long begin(int process) {
            if (process % 2 == 1) {
                return writers[process].begin(Operation.GET, objects[process], 0, 0, 0, 0, 0);
            }
            long identity = (process + 1L) << 40 | ++sequences[process];
            return writers[process].begin(
                    Operation.PUT, objects[process], HistoryWriter.SHOWN, identity, shown(identity), 0, sum(identity));
        }

        @Override
        boolean isNeeded(int process) {
            return process % 2 == 1 && size > 0;
        }

        @Override
        boolean end(int process, long record) {
            return process % 2 == 1 ? get(process, record) : put(process, record);
        }

        private boolean put(int process, long record) {
            if (size == CAPACITY) {
                // Waits for room; when it is over, for no longer.
                if (over) {
                    writers[process].end(record, Outcome.FULL);
                }
                return over;
            }
            ring[(head + size++) % CAPACITY] = (process + 1L) << 40 | sequences[process];
            writers[process].end(record, Outcome.OK);
            return true;
        }

        private boolean get(int process, long record) {
            if (size == 0) {
                if (over) {
                    writers[process].end(record, Outcome.EMPTY);
                }
                return over;
            }
            long identity = ring[head];
            head = (head + 1) % CAPACITY;
            size--;
            writers[process].show(record, shown(identity));
            writers[process].end(record, Outcome.OK, identity, HistoryWriter.SHOWN, sum(identity));
            return true;
        }

        private static long shown(long identity) {
            return (identity & 0xFFFF_FFFFL) * PROCESSES + (identity >>> 40);
        }

        private static int sum(long identity) {
            return Long.hashCode(identity * 0x9E37_79B9_7F4A_7C15L) | 1;
        }
    }

    /** One process writes, each time another number; three read. */
    static final class Register extends Generated {
        private long value;
        private long next;

        @Override
        long begin(int process) {
            return process == 0
                    ? writers[0].begin(Operation.WRITE, objects[0], 0, ++next, 0, 0, 0)
                    : writers[process].begin(Operation.READ, objects[process], 0, 0, 0, 0, 0);
        }

        @Override
        boolean end(int process, long record) {
            if (process == 0) {
                value = next;
                writers[0].end(record, Outcome.OK);
            } else {
                writers[process].end(record, Outcome.OK, value, 0, 0);
            }
            return true;
        }
    }

    /** Three processes add one; one reads. */
    static final class Counter extends Generated {
        private long value;

        @Override
        long begin(int process) {
            return process < PROCESSES - 1
                    ? writers[process].begin(Operation.ADD, objects[process], 0, 1, 0, 0, 0)
                    : writers[process].begin(Operation.READ, objects[process], 0, 0, 0, 0, 0);
        }

        @Override
        boolean end(int process, long record) {
            writers[process].end(record, Outcome.OK, value, 0, 0);
            value += process < PROCESSES - 1 ? 1 : 0;
            return true;
        }
    }

    /** All read and compare-and-set five values, which come again and again; one call in twenty never returns. */
    static final class Swaps extends Generated {
        private final SplittableRandom dice = new SplittableRandom(SEED);
        private final long[] expected = new long[PROCESSES];
        private final long[] wanted = new long[PROCESSES];
        private long value;

        @Override
        long begin(int process) {
            expected[process] = dice.nextInt(5);
            wanted[process] = dice.nextInt(5);
            boolean reads = dice.nextInt(3) == 0;
            wanted[process] = reads ? -1 : wanted[process];
            return reads
                    ? writers[process].begin(Operation.READ, objects[process], 0, 0, 0, 0, 0)
                    : writers[process].begin(
                            Operation.CAS, objects[process], 0, wanted[process], expected[process], 0, 0);
        }

        @Override
        boolean end(int process, long record) {
            if (wanted[process] < 0) {
                writers[process].end(record, Outcome.OK, value, 0, 0);
                return true;
            }
            boolean done = value == expected[process];
            value = done ? wanted[process] : value;
            if (dice.nextInt(20) != 0) {
                writers[process].end(record, done ? Outcome.OK : Outcome.MISS);
            }
            return true;
        }
    }
}
