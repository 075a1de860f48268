package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;

/** One side of a measured pair: {@code PEER ROLE DIRECTORY ROUND MESSAGES SIZE}. */
final class Worker {

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        Peer peer = peer(arguments[0]);
        Path directory = Path.of(arguments[2]);
        long messages = Long.parseLong(arguments[4]);
        int size = Integer.parseInt(arguments[5]);
        if (arguments[1].equals("producer")) {
            peer.produce(directory, messages, size);
        } else {
            peer.consume(directory, messages, size, new Meter(Long.parseLong(arguments[3])));
        }
    }

    private static Peer peer(String name) {
        return switch (name) {
            case "ours" -> new OurQueue(false);
            case "ours-batch" -> new OurQueue(true);
            case "agrona-one" -> new AgronaRing(false);
            case "agrona-many" -> new AgronaRing(true);
            case "aeron-exclusive" -> new AeronIpc(true);
            case "aeron-concurrent" -> new AeronIpc(false);
            case "chronicle" -> new Chronicle();
            case "socket" -> new Sockets();
            case "fifo" -> new Fifo();
            default -> throw new IllegalArgumentException("no such peer: " + name);
        };
    }
}
