package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/** A pipe whose even processes hold end a, and odd ones end b. It may say too early that the stream ended. */
final class PipeDevice implements Device {

    private static final class End {
        private final Deque<Long> incoming = new ArrayDeque<>();
        private boolean closed;
        private boolean told;
    }

    private final List<End> ends = List.of(new End(), new End());
    private final SplittableRandom choice;
    private long values;

    PipeDevice(SplittableRandom choice) {
        this.choice = choice;
    }

    @Override
    public Op ask(int process, SplittableRandom random) {
        boolean endB = process % 2 == 1;
        return switch (random.nextInt(9)) {
            case 0 -> Op.asked(process, Operation.CLOSE, 0, 0).by(process, endB);
            case 1, 2, 3, 4 -> Op.asked(process, Operation.SEND, ++values, 0).by(process, endB);
            default -> Op.asked(process, Operation.RECEIVE, 0, 0).by(process, endB);
        };
    }

    @Override
    public Op answer(Op asked) {
        End own = ends.get(asked.endB() ? 1 : 0);
        End other = ends.get(asked.endB() ? 0 : 1);
        return switch (asked.operation()) {
            case SEND -> {
                other.incoming.add(asked.value());
                yield asked.ended(Outcome.OK);
            }
            case CLOSE -> {
                own.closed = true;
                yield asked.ended(Outcome.OK);
            }
            default -> receive(asked, own, other.closed || choice.nextInt(5) == 0);
        };
    }

    private static Op receive(Op asked, End own, boolean isOver) {
        if (!own.told && !own.incoming.isEmpty()) {
            return asked.ended(Outcome.OK).valued(own.incoming.remove());
        }
        own.told |= isOver;
        return asked.ended(own.told ? Outcome.CLOSED : Outcome.EMPTY);
    }
}
