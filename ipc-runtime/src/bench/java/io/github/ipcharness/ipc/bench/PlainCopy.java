package io.github.ipcharness.ipc.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** How fast one plain copy of a large message into shared memory is, over and over the same bytes as our ring has. */
final class PlainCopy {

    private static final int ROUNDS = 15;
    private static final int COPIES = 400;

    private PlainCopy() {}

    /** Messages a second. */
    static double rate(int size, int ringBytes) throws Exception {
        try (Scratch scratch = new Scratch()) {
            ByteBuffer buffer = Mapped.file(scratch.path().resolve("copy"), ringBytes);
            byte[] message = new byte[size];
            double[] rates = new double[ROUNDS];
            int at = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long from = System.nanoTime();
                for (int i = 0; i < COPIES; i++) {
                    buffer.put(at, message);
                    at = at + 2 * size > ringBytes ? 0 : at + size;
                }
                rates[round] = COPIES * 1e9 / (System.nanoTime() - from);
            }
            double[] warm = Arrays.copyOfRange(rates, ROUNDS / 3, ROUNDS);
            Arrays.sort(warm);
            return warm[warm.length / 2];
        }
    }
}
