package io.github.ipcharness.maven.mojo.programs;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.nio.file.Path;

/** Records puts and gets of one process, one after another: right ones, or those of a queue that hands out twice. */
public final class Recorded {

    private Recorded() {}

    /** @param arguments {@code right}, {@code twice} or {@code nothing} */
    public static void main(String[] arguments) {
        if (arguments[0].equals("nothing")) {
            return;
        }
        HistoryWriter writer =
                HistoryWriter.open(Path.of(System.getProperty("ipc.home"), "histories"), "producer-0", 1);
        int orders = writer.define("queue", "orders");
        for (int value = 1; value <= 3; value++) {
            writer.end(writer.begin(Operation.PUT, orders, 0, value, 0, 0, 0), Outcome.OK);
            writer.end(writer.begin(Operation.GET, orders, 0, 0, 0, 0, 0), Outcome.OK, value, 0, 0);
        }
        if (arguments[0].equals("twice")) {
            writer.end(writer.begin(Operation.GET, orders, 0, 0, 0, 0, 0), Outcome.OK, 3, 0, 0);
        }
        writer.close();
    }
}
