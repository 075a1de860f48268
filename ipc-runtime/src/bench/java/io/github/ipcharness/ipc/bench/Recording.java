package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What an operation takes, put and take in turn in one thread, where it is recorded and where it is not. */
final class Recording {

    private static final int ROUNDS = 15;
    private static final int PAIRS = 100_000;

    private Recording() {}

    public static void main(String[] arguments) throws Exception {
        try (Ipc ipc = Ipc.open(Path.of(arguments[0]))) {
            IpcQueue<Integer> queue = ipc.queue("bench", Codec.INT);
            double[] nanos = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long from = System.nanoTime();
                for (int i = 0; i < PAIRS; i++) {
                    queue.put(i);
                    queue.take();
                }
                nanos[round] = (System.nanoTime() - from) / (2.0 * PAIRS);
            }
            double[] warm = Arrays.copyOfRange(nanos, ROUNDS / 3, ROUNDS);
            Arrays.sort(warm);
            System.out.println("nanos " + warm[warm.length / 2]);
        }
    }

    /** Nanoseconds an operation. */
    static double nanos(boolean recorded) throws Exception {
        try (Scratch scratch = new Scratch()) {
            if (recorded) {
                Files.createDirectory(scratch.path().resolve("histories"));
            }
            try (Child child =
                    Children.java(Recording.class, List.of(), scratch.path().toString())) {
                return child.number("nanos");
            }
        }
    }
}
