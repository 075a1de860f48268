package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.broken;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.End;
import io.github.ipcharness.ipc.Kind;
import io.github.ipcharness.ipc.Recorder;
import java.util.List;

/** Pipes with one bug each. Values of end A are 1, 2, 3 ..., those of end B 101, 102, 103 ... */
final class BrokenPipes {

    private BrokenPipes() {}

    static List<Planted> all() {
        return List.of(
                broken("close eats the tail", "loss", stage -> closing(stage, new EatsTheTail())),
                broken("close eats the tail, undrained", "end of stream", stage -> closing(stage, new EatsTheTail()))
                        .undrained(),
                broken("death eats the tail", "end of stream", BrokenPipes::dying)
                        .undrained(),
                broken(
                        "end of stream before the tail",
                        "end of stream",
                        stage -> closing(stage, new TellsTheEndFirst())),
                broken("end of stream though it is open", "end of stream", BrokenPipes::idle),
                broken("half duplex, each waits for the other", "duplex", BrokenPipes::standstill)
                        .outOfTime(),
                broken("half duplex, drops what crosses", "loss", stage -> crossing(stage, new DropsWhatCrosses())),
                broken("reflects a message", "reflected", stage -> crossing(stage, new Reflects())),
                broken("deaf once it has closed", "loss", BrokenPipes::answer),
                broken("sends again what was not confirmed", "duplicate", stage -> crossing(stage, new SendsAgain())),
                broken("one overtakes, in one direction", "order", stage -> crossing(stage, new Overtakes())),
                broken("silent though something is there", "empty", BrokenPipes::silent),
                broken("truncates a large message of a pipe", "invented", BrokenPipes::truncated));
    }

    /** One end sends ten and closes; the other receives until it is told the end, and looks again. */
    private static void closing(Stage stage, PlainPipe pipe) {
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 10);
        child.receive(4);
        parent.close();
        child.receive(8);
    }

    /** Both ends send ten, and then both receive all. */
    private static void crossing(Stage stage, PlainPipe pipe) {
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        for (int i = 1; i <= 10; i++) {
            parent.send(i);
            child.send(100 + i);
        }
        while (child.receive() != null || parent.receive() != null) {
            // The history has it.
        }
    }

    static final class EatsTheTail extends PlainPipe {
        @Override
        synchronized void close(End end) {
            inbox(end.other()).clear();
            super.close(end);
        }
    }

    private static void dying(Stage stage) {
        PlainPipe pipe = new EatsTheTail();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 3);
        parent.beginSend(4);
        Stage.tick();
        pipe.close(End.A);
        child.receive();
    }

    /** Looks at the state of the connection first, and at the messages afterwards. */
    static final class TellsTheEndFirst extends PlainPipe {
        private boolean told;

        @Override
        synchronized Long poll(End at) {
            boolean tell = isClosed(at.other()) && !told;
            told |= tell;
            return tell ? null : super.poll(at);
        }

        @Override
        synchronized boolean isOver(End at) {
            return isClosed(at.other());
        }
    }

    /** Takes silence for the end. */
    static final class TakesSilenceForTheEnd extends PlainPipe {
        @Override
        synchronized boolean isOver(End at) {
            return inbox(at).isEmpty();
        }
    }

    private static void idle(Stage stage) {
        PlainPipe pipe = new TakesSilenceForTheEnd();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1);
        child.receive(2);
        parent.send(2);
        parent.close();
        child.receive(2);
    }

    /** Both ends send more than fits before they receive, as a pipe allows; here they stand still for good. */
    private static void standstill(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 4);
        child.send(101, 104);
        parent.beginSend(5);
        child.beginSend(105);
    }

    /** What is sent against the stream is lost. */
    static final class DropsWhatCrosses extends PlainPipe {
        @Override
        synchronized void send(End from, long value) {
            if (inbox(from).isEmpty()) {
                super.send(from, value);
            }
        }
    }

    static final class Reflects extends PlainPipe {
        @Override
        synchronized void send(End from, long value) {
            super.send(from, value);
            if (value == 5) {
                inbox(from).add(value);
            }
        }
    }

    /** Closes both directions when it should close one. */
    static final class ClosesBoth extends PlainPipe {
        @Override
        synchronized void send(End from, long value) {
            if (!isClosed(from.other())) {
                super.send(from, value);
            }
        }
    }

    private static void answer(Stage stage) {
        PlainPipe pipe = new ClosesBoth();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1);
        parent.close();
        child.receive(2);
        child.send(101);
        child.close();
    }

    static final class SendsAgain extends PlainPipe {
        @Override
        synchronized void send(End from, long value) {
            super.send(from, value);
            if (value == 105) {
                super.send(from, value);
            }
        }
    }

    static final class Overtakes extends PlainPipe {
        @Override
        synchronized void send(End from, long value) {
            if (value == 105) {
                inbox(from.other()).addFirst(value);
            } else {
                super.send(from, value);
            }
        }
    }

    private static void silent(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1);
        // A wake-up got lost, and so the time was over before anybody looked.
        child.beginReceive().empty();
        child.receive();
    }

    private static void truncated(Stage stage) {
        Recorder parent = stage.process("parent", "chat", Kind.PIPE);
        Recorder child = stage.process("child", "chat", Kind.PIPE);
        String message = "m".repeat(130);
        parent.send(End.A, message).ok();
        Stage.tick();
        Call receive = child.receive(End.B);
        receive.ok(message.substring(0, 64));
    }
}
