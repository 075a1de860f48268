package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import io.github.ipcharness.maven.scenario.Goal;
import io.github.ipcharness.maven.scenario.Role;
import io.github.ipcharness.maven.scenario.Scenario;
import io.github.ipcharness.maven.scenario.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Where the built-in programs wait before they send on, if faults have not come by then. Ten thousand messages are gone
 * in a few hundredths of a second, and a fault that comes after them meets nothing.
 *
 * <p>They wait while there is a file: half way between the message that the last fault needs and the end.
 */
final class Hold {

    private final Path file;
    private final long at;
    private boolean there;

    private Hold(Path file, long at) {
        this.file = file;
        this.at = at;
    }

    /** Puts up the file, if anybody is to wait. */
    static Hold of(Scenario scenario, Path home) throws IOException {
        OptionalLong at = at(scenario);
        Hold hold = new Hold(home.resolve("hold"), at.orElse(0));
        if (at.isPresent()) {
            Files.createFile(hold.file);
            hold.there = true;
        }
        return hold;
    }

    /** How many messages of each sender go before; empty if nobody is to wait. */
    static OptionalLong at(Scenario scenario) {
        return scenario.faults().stream()
                .filter(fault -> fault.trigger() != null)
                .mapToLong(fault -> needed(fault, scenario))
                .filter(needed -> needed < scenario.messages())
                .map(needed -> needed + (scenario.messages() - needed) / 2)
                .max();
    }

    /** From how many messages of each sender on the fault can come. */
    private static long needed(Fault fault, Scenario scenario) {
        Trigger trigger = fault.trigger();
        if (scenario.goal() == Goal.PIPE) {
            return (trigger.messages() + 1) / 2; // Each end receives as many as it sends.
        }
        if (scenario.goal() == Goal.QUEUE && fault.role() == Role.CONSUMER) {
            int consumers = scenario.consumer().count();
            int producers = scenario.producer().count();
            return (trigger.messages() * consumers + producers - 1) / producers;
        }
        return trigger.messages();
    }

    boolean isThere() {
        return there;
    }

    /** How many messages go before. */
    long at() {
        return at;
    }

    void release() throws IOException {
        Files.deleteIfExists(file);
        there = false;
    }
}
