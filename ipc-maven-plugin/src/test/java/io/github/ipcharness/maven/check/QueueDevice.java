package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A queue, or a bag that gives back anything that is inside. */
final class QueueDevice implements Device {

    private final List<Long> inside = new ArrayList<>();
    private final long capacity;
    private final SplittableRandom choice;
    private long values;

    private QueueDevice(long capacity, SplittableRandom choice) {
        this.capacity = capacity;
        this.choice = choice;
    }

    static QueueDevice fifo(long capacity) {
        return new QueueDevice(capacity, null);
    }

    static QueueDevice bag(long capacity, SplittableRandom random) {
        return new QueueDevice(capacity, random);
    }

    @Override
    public Op ask(int process, SplittableRandom random) {
        return random.nextBoolean()
                ? Op.asked(process, Operation.PUT, ++values, 0)
                : Op.asked(process, Operation.GET, 0, 0);
    }

    @Override
    public Op answer(Op asked) {
        if (asked.operation() == Operation.PUT) {
            if (inside.size() == capacity) {
                return asked.ended(Outcome.FULL);
            }
            inside.add(asked.value());
            return asked.ended(Outcome.OK);
        }
        if (inside.isEmpty()) {
            return asked.ended(Outcome.EMPTY);
        }
        return asked.ended(Outcome.OK).valued(inside.remove(choice == null ? 0 : choice.nextInt(inside.size())));
    }
}
