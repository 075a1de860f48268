package io.github.ipcharness.ipc.worker;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the run asks of a built-in program: system properties {@code ipc.NAME}, or environment variables {@code
 * IPC_NAME} ({@code ipc.messageSize} is {@code IPC_MESSAGE_SIZE}).
 *
 * @param index which process of its role this is, from 0
 * @param messages how many messages each producer sends
 * @param messageSize bytes of a message
 * @param capacity messages that a queue may hold
 * @param producers processes that produce
 * @param consumers processes that consume
 * @param seed of everything that the programs choose at random
 */
record Job(int index, int messages, int messageSize, int capacity, int producers, int consumers, long seed) {

    static Job fromProperties() {
        return new Job(
                (int) number("index", 0),
                (int) number("messages", 10_000),
                (int) number("messageSize", 32),
                (int) number("capacity", 1024),
                (int) number("producers", 1),
                (int) number("consumers", 1),
                number("seed", 1));
    }

    private static long number(String name, long otherwise) {
        String value = System.getProperty("ipc." + name);
        if (value == null) {
            value = System.getenv("IPC_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
        }
        if (value == null || value.isBlank()) {
            return otherwise;
        }
        try {
            return Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ipc." + name + " must be a whole number: " + value, e);
        }
    }

    /** A generator of this process's own, so that the processes of a run differ and two runs of a seed do not. */
    SplittableRandom random() {
        return new SplittableRandom(seed * 31 + index);
    }

    /** A message of the size asked for, with random contents. */
    byte[] payload(SplittableRandom random) {
        byte[] bytes = new byte[messageSize];
        random.nextBytes(bytes);
        return bytes;
    }
}
