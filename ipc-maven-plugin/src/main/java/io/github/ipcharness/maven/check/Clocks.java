package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.ClockId;
import io.github.ipcharness.ipc.history.HistoryReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whether the stamps of all processes of a run can be compared.
 *
 * <p>They can if all are of one clock: the same boot of the same machine, and the same time namespace. Then there is
 * nothing left to widen intervals by, for the kernel gives every processor the same {@code CLOCK_MONOTONIC}, and both
 * stamps of an operation are fenced. A handshake at both ends guards that: the runner reads its own clock before it
 * starts the first process and after the last has ended, and no process may have been recording outside of that.
 */
final class Clocks {

    private final RunFacts run;
    private final Map<ClockId, String> known = new LinkedHashMap<>();
    private String outside;

    Clocks(RunFacts run) {
        this.run = run;
        if (run.clock() != null) {
            known.put(run.clock(), "the build");
        }
    }

    /** Another process's file, which has been read to its end. */
    void add(String label, HistoryReader reader, long lastStamp) {
        known.putIfAbsent(reader.clock(), label);
        if (run.clock() == null || outside != null) {
            return;
        }
        long early = run.startNanos() - reader.startNanos();
        long late = Math.max(lastStamp, reader.endNanos()) - run.endNanos();
        if (early > 0) {
            outside = "by its clock, " + label + " began to record " + Words.time(early, true)
                    + " before the build started it";
        } else if (late > 0) {
            outside = "by its clock, " + label + " still recorded " + Words.time(late, true)
                    + " after the build had seen it end";
        }
    }

    /** Why the stamps cannot be compared, or null. */
    String doubt() {
        if (known.size() > 1) {
            return "the stamps cannot be compared, for they are of different clocks: " + known;
        }
        return outside == null ? null : "the stamps cannot be compared: " + outside;
    }
}
