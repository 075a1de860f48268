package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which operations a kind has, and how each may end. */
final class Vocabulary {

    private static final Map<Operation, Set<Outcome>> OUTCOMES = new EnumMap<>(Operation.class);

    static {
        for (Operation operation : Operation.values()) {
            OUTCOMES.put(operation, Collections.unmodifiableSet(outcomesOf(operation)));
        }
    }

    private Vocabulary() {}

    static Set<Operation> operations(String kind) {
        return switch (kind) {
            case History.QUEUE -> EnumSet.of(Operation.PUT, Operation.GET);
            case History.PIPE -> EnumSet.of(Operation.SEND, Operation.RECEIVE, Operation.CLOSE);
            case History.VALUE -> EnumSet.of(Operation.READ, Operation.WRITE, Operation.CAS, Operation.ADD);
            case History.LOCK -> EnumSet.of(Operation.LOCK, Operation.UNLOCK);
            default -> throw new IllegalArgumentException("kind must be one of " + History.KINDS + ": " + kind);
        };
    }

    static Set<Outcome> outcomes(Operation operation) {
        return OUTCOMES.get(operation);
    }

    private static EnumSet<Outcome> outcomesOf(Operation operation) {
        return switch (operation) {
            case PUT -> EnumSet.of(Outcome.OK, Outcome.FULL);
            case GET -> EnumSet.of(Outcome.OK, Outcome.EMPTY);
            case RECEIVE -> EnumSet.of(Outcome.OK, Outcome.EMPTY, Outcome.CLOSED);
            case CAS -> EnumSet.of(Outcome.OK, Outcome.MISS);
            case LOCK -> EnumSet.of(Outcome.OK, Outcome.EMPTY, Outcome.RECOVERED);
            case SEND, CLOSE, READ, WRITE, ADD, UNLOCK -> EnumSet.of(Outcome.OK);
        };
    }
}
