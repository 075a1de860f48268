package io.github.ipcharness.maven.planted;

import io.github.ipcharness.ipc.End;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A duplex pipe in this process's memory, and a right one. The broken ones change one thing each. */
class PlainPipe {

    private final Map<End, ArrayDeque<Long>> inboxes = new EnumMap<>(End.class);
    private final Set<End> closed = EnumSet.noneOf(End.class);

    PlainPipe() {
        for (End end : End.values()) {
            inboxes.put(end, new ArrayDeque<>());
        }
    }

    /** What is on its way to this end. */
    final ArrayDeque<Long> inbox(End end) {
        return inboxes.get(end);
    }

    synchronized void send(End from, long value) {
        inbox(from.other()).add(value);
        notifyAll();
    }

    /** Null if nothing is there. */
    synchronized Long poll(End at) {
        return inbox(at).poll();
    }

    /** Whether nothing will ever come any more. */
    synchronized boolean isOver(End at) {
        return isClosed(at.other()) && inbox(at).isEmpty();
    }

    final boolean isClosed(End end) {
        return closed.contains(end);
    }

    /** By its holder, or because that one died. */
    synchronized void close(End end) {
        closed.add(end);
        notifyAll();
    }

    /** Waits for a message; null at the end of the stream. */
    final synchronized Long take(End at) throws InterruptedException {
        Long value = poll(at);
        while (value == null && !isOver(at)) {
            wait();
            value = poll(at);
        }
        return value;
    }
}
