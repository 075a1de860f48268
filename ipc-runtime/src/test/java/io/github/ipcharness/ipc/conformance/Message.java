package io.github.ipcharness.ipc.conformance;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Messages that are known by a number, and in which each byte follows from the number. */
final class Message {

    /** The shortest one. */
    static final int SHORTEST = 8;

    private Message() {}

    static byte[] of(long number, int length) {
        byte[] bytes = new byte[length];
        ByteBuffer.wrap(bytes).putLong(number);
        SplittableRandom random = new SplittableRandom(number);
        for (int i = SHORTEST; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** The number of a message that is whole. */
    static long number(byte[] message) {
        if (message == null) {
            throw new AssertionError("no message came");
        }
        if (message.length < SHORTEST) {
            throw new AssertionError("a message of " + message.length + " bytes, which nobody sent");
        }
        long number = ByteBuffer.wrap(message).getLong();
        SplittableRandom random = new SplittableRandom(number);
        for (int i = SHORTEST; i < message.length; i++) {
            byte expected = (byte) random.nextInt();
            if (message[i] != expected) {
                throw new AssertionError("message " + number + " of " + message.length + " bytes is torn: byte " + i
                        + " is " + message[i] + ", and was sent as " + expected);
            }
        }
        return number;
    }
}
