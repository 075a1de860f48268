package io.github.ipcharness.maven.run;

import io.github.ipcharness.maven.scenario.Fault;
import io.github.ipcharness.maven.scenario.FaultEvent;
import io.github.ipcharness.maven.scenario.FaultKind;
import io.github.ipcharness.maven.scenario.Trigger;
import java.io.IOException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/** One fault on its way: it waits for its trigger, is under way, is over. Used by one thread at a time. */
abstract class Injection {

    private enum State {
        WAITING,
        UNDER_WAY,
        OVER
    }

    private final Fault fault;
    private State state = State.WAITING;
    private Set<Long> pids = Set.of();
    private long from;
    private long to;
    private String missed;

    Injection(Fault fault) {
        this.fault = fault;
    }

    final Fault fault() {
        return fault;
    }

    final boolean isWaiting() {
        return state == State.WAITING;
    }

    final boolean isOver() {
        return state == State.OVER;
    }

    final FaultEvent event() {
        return new FaultEvent(fault, pids, from, to, missed);
    }

    /** Whether its process is in its hands, and nobody else's at the same time. */
    private boolean isAtWork() {
        return state == State.UNDER_WAY && fault.kind() != FaultKind.STARVE;
    }

    /** Whether this one lets another one wait that is aimed at the same process: a kill leaves nothing to the others. */
    final boolean comesBefore(Injection other) {
        return this != other
                && state != State.OVER
                && fault.label().equals(other.fault.label())
                && (isAtWork() || other.fault.kind() == FaultKind.KILL && fault.kind() != FaultKind.KILL);
    }

    /**
     * Goes on as far as it can at this moment.
     *
     * @param mayBegin whether no other fault is to come first
     */
    final void turn(WorkerProcess victim, Progress progress, boolean mayBegin)
            throws IOException, InterruptedException {
        if (state == State.WAITING) {
            // Asked first: what a process that has ended by itself had done by then is all in its history.
            boolean alive = victim.isAlive();
            if (alive && mayBegin && isDue(progress)) {
                state = State.UNDER_WAY;
                strike(victim);
            } else if (!alive) {
                miss(victim.label() + " had ended, " + done(progress));
                tooLate(victim);
            }
        } else if (state == State.UNDER_WAY) {
            proceed();
        }
    }

    /** Whether its trigger has come; it may have to wait for others all the same. */
    final boolean isDue(Progress progress) {
        Trigger trigger = fault.trigger();
        if (!trigger.isTime()) {
            return progress.messages(fault.label()) >= trigger.messages();
        }
        OptionalLong first = progress.firstCall(fault.label());
        return first.isPresent()
                && System.nanoTime() - first.getAsLong() >= trigger.after().toNanos();
    }

    private String done(Progress progress) {
        long messages = progress.messages(fault.label());
        if (messages > 0) {
            return String.format(Locale.ROOT, "after %,d message%s", messages, messages == 1 ? "" : "s");
        }
        return progress.firstCall(fault.label()).isPresent()
                ? "before it had put or taken anything"
                : "and had recorded nothing";
    }

    /** The trigger has come; {@link #inForce} and {@link #over} are to be called now or in later turns. */
    abstract void strike(WorkerProcess victim) throws IOException, InterruptedException;

    /** It is in force, and time has passed. */
    void proceed() throws IOException, InterruptedException {}

    /** The victim has ended before the trigger came. */
    void tooLate(WorkerProcess victim) throws IOException {}

    /** The run is over: undoes what cannot be left so. */
    void undo() throws IOException, InterruptedException {}

    final void inForce(Set<Long> struck, long since) {
        pids = struck;
        from = since;
    }

    final void over(long until) {
        to = until;
        state = State.OVER;
    }

    final void miss(String because) {
        missed = because;
        state = State.OVER;
    }

    /** To be called once no more turns will be taken. */
    final void end(Progress progress) throws IOException, InterruptedException {
        if (state == State.WAITING) {
            miss("the run had ended, " + fault.label() + " " + done(progress));
        } else if (state == State.UNDER_WAY) {
            undo();
        }
    }
}
