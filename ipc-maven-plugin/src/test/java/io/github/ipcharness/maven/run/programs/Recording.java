package io.github.ipcharness.maven.run.programs;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.nio.file.Path;

/** Records that it put or got the values 0 .. n-1, though there is no queue; then ends, or stays. */
public final class Recording {

    private Recording() {}

    /** @param arguments how many, and {@code stay} or {@code end} */
    public static void main(String[] arguments) throws InterruptedException {
        boolean producer = System.getProperty("ipc.role").equals("producer");
        int index = Integer.getInteger("ipc.index");
        Path histories = Path.of(System.getProperty("ipc.home"), "histories");
        String label = System.getProperty("ipc.role") + "-" + index;
        HistoryWriter writer = HistoryWriter.open(histories, label, producer ? index : 100 + index);
        int orders = writer.define("queue", "orders");
        for (int value = 0; value < Integer.parseInt(arguments[0]); value++) {
            long record =
                    writer.begin(producer ? Operation.PUT : Operation.GET, orders, 0, producer ? value : 0, 0, 0, 0);
            writer.end(record, Outcome.OK, value, 0, 0);
        }
        System.out.println(label + " has recorded " + arguments[0]);
        if (arguments[1].equals("stay")) {
            Thread.sleep(Long.MAX_VALUE);
        }
        writer.close();
    }
}
