package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;

/** One side of a measured pair: {@code PEER ROLE DIRECTORY SIZE}. Runs until it is killed. */
final class Worker {

    private Worker() {}

    public static void main(String[] arguments) throws Exception {
        Peer peer = peer(arguments[0]);
        Path directory = Path.of(arguments[2]);
        int size = Integer.parseInt(arguments[3]);
        if (arguments[1].equals("producer")) {
            peer.produce(directory, size);
        } else {
            peer.consume(directory, size, new Meter(size));
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
            case "bare" -> new BareHandOver();
            case "socket" -> new Sockets();
            case "fifo" -> new Fifo();
            default -> throw new IllegalArgumentException("no such peer: " + name);
        };
    }
}
