package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.WaitPoint;
import io.github.ipcharness.ipc.memory.Waiting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A wait for several things at once, each of which tells by its own doorbell that it may be ready. */
final class AnyOf<W extends Waitable> {

    private final List<W> those;
    private final List<Readiness> readiness = new ArrayList<>();
    private final List<WaitPoint> points = new ArrayList<>();

    AnyOf(Ipc ipc, Collection<? extends W> those) {
        this.those = List.copyOf(those);
        if (those.isEmpty()) {
            throw new IllegalArgumentException("there is nothing to wait for");
        }
        for (W each : this.those) {
            Readiness of = Readiness.of(each);
            if (of.ipc() != ipc) {
                throw new IllegalArgumentException(
                        each + " is of another Ipc, and can only be waited for with others of that");
            }
            readiness.add(of);
            points.add(of.point());
        }
    }

    List<W> await(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            List<W> ready = ready(false);
            if (!ready.isEmpty()) {
                return ready;
            }
            // It takes nothing, so rings are not used up: who else waits in the same places is woken in its stead.
            try (Waiting waiting = new Waiting(points)) {
                while (true) {
                    boolean inTime = waiting.pauseInterruptibly(deadline);
                    ready = ready(!inTime || waiting.isTimeToProbe());
                    if (!inTime || !ready.isEmpty()) {
                        return ready;
                    }
                }
            }
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private List<W> ready(boolean probe) {
        List<W> ready = new ArrayList<>();
        for (int i = 0; i < those.size(); i++) {
            if (readiness.get(i).isReady(probe)) {
                ready.add(those.get(i));
            }
        }
        return ready;
    }
}
