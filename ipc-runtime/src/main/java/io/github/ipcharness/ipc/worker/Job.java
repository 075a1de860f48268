package io.github.ipcharness.ipc.worker;

import java.util.Locale;
import java.util.Set;
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
 * @param restarts how many of the producers a fault is to kill and start again
 * @param restart which of its role's restarts this process is, from 1; 0 if it was there from the beginning
 * @param mortal the roles of which a fault is to kill somebody
 */
record Job(
        int index,
        int messages,
        int messageSize,
        int capacity,
        int producers,
        int consumers,
        long seed,
        int restarts,
        int restart,
        Set<String> mortal) {

    static Job fromProperties() {
        return new Job(
                (int) number("index", 0),
                (int) number("messages", 10_000),
                (int) number("messageSize", 32),
                (int) number("capacity", 1024),
                (int) number("producers", 1),
                (int) number("consumers", 1),
                number("seed", 1),
                (int) number("restarts", 0),
                (int) number("restart", 0),
                Set.of(text("mortal", "").split(",")));
    }

    static String text(String name, String otherwise) {
        String value = System.getProperty("ipc." + name);
        if (value == null) {
            value = System.getenv("IPC_" + name.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
        }
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    static long number(String name, long otherwise) {
        String value = text(name, "");
        try {
            return value.isEmpty() ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("ipc." + name + " must be a whole number: " + value, e);
        }
    }

    /** A generator of this process's own, so that the processes of a run differ and two runs of a seed do not. */
    SplittableRandom random() {
        return new SplittableRandom(seed * 31 + index + ((long) restart << Integer.SIZE));
    }

    /** Processes that will have produced, in the end. */
    int allProducers() {
        return producers + restarts;
    }

    /** A message of the size asked for, with random contents. */
    byte[] payload(SplittableRandom random) {
        byte[] bytes = new byte[messageSize];
        random.nextBytes(bytes);
        return bytes;
    }
}
