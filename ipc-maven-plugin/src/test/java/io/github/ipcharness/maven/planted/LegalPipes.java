package io.github.ipcharness.maven.planted;

import static io.github.ipcharness.maven.planted.Planted.legal;

import io.github.ipcharness.ipc.Call;
import io.github.ipcharness.ipc.End;
import java.util.List;

/** Pipes that keep their contract, in ways that look odd. */
final class LegalPipes {

    private LegalPipes() {}

    static List<Planted> all() {
        return List.of(
                legal("both directions run freely", LegalPipes::duplex),
                legal("request and reply", LegalPipes::replies),
                legal("closes after the tail", stage -> tail(stage, true)),
                legal("dies, and the tail still comes", stage -> tail(stage, false)),
                legal("sends no more, still receives", LegalPipes::halfClosed),
                legal("closes without reading the answer", LegalPipes::unread).undrained(),
                legal("the same numbers in both directions", LegalPipes::sameNumbers),
                legal("killed with a message in hand", LegalPipes::killedReceiver),
                legal("end told while the close is under way", LegalPipes::closing),
                legal("silence between messages", LegalPipes::silence));
    }

    private static void duplex(Stage stage) throws Exception {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        Stage.together(List.of(
                () -> sendAndClose(parent, 1), parent::takeAll, () -> sendAndClose(child, 100_001), child::takeAll));
    }

    private static void sendAndClose(PipeEnd end, long first) {
        end.send(first, first + 2_000);
        end.close();
    }

    private static void replies(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        for (int i = 1; i <= 50; i++) {
            parent.send(i);
            child.send(1000 + child.receive());
            parent.receive();
        }
    }

    /** Somebody who dies is told of in the same way as somebody who closes. */
    private static void tail(Stage stage, boolean closes) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 10);
        child.receive(3);
        if (closes) {
            parent.close();
        } else {
            parent.beginSend(11);
            Stage.tick();
            pipe.close(End.A);
        }
        child.receive(9);
    }

    private static void halfClosed(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 3);
        parent.close();
        child.receive(4);
        child.send(101, 103);
        child.close();
        parent.receive(4);
    }

    private static void unread(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1);
        child.receive();
        child.send(101, 103);
        parent.receive();
        parent.close();
        child.receive();
    }

    private static void sameNumbers(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        for (int i = 1; i <= 10; i++) {
            parent.send(i);
            child.send(i);
        }
        parent.receive(10);
        child.receive(10);
    }

    private static void killedReceiver(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1, 4);
        child.receive(3);
        child.beginReceive();
        pipe.poll(End.B);
    }

    private static void closing(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        parent.send(1);
        child.receive();
        Stage.tick();
        Call close = parent.recorder().close(End.A);
        pipe.close(End.A);
        child.receive(2);
        close.ok();
    }

    private static void silence(Stage stage) {
        PlainPipe pipe = new PlainPipe();
        PipeEnd parent = PipeEnd.of(stage, pipe, End.A);
        PipeEnd child = PipeEnd.of(stage, pipe, End.B);
        for (int i = 1; i <= 5; i++) {
            child.receive(2);
            parent.send(i);
            child.receive(2);
        }
        parent.close();
        child.receive(3);
    }
}
