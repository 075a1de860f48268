package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.Meeting;
import io.github.ipcharness.ipc.memory.Meeting.Arrival;
import io.github.ipcharness.ipc.memory.Meeting.Standing;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.Waiting;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A fixed number of threads, of any number of processes, that wait for each other, again and again:
 * {@code java.util.concurrent.CyclicBarrier} and {@code multiprocessing.Barrier}.
 *
 * <p>All or none: if a thread leaves early, because it is interrupted, its time is over or its process dies, then the
 * others that wait get a {@link BrokenBarrierException}, and so does who comes later, until somebody calls
 * {@link #reset}. There is no barrier action: {@link #await} gives each of them another number, and 0 to the last,
 * which may do what is to be done once before all meet again.
 *
 * <p>What a thread did before an await happens-before what the others do after theirs, in memory that all can see.
 *
 * <p><b>Crashes.</b> Who met the last time is expected the next time. If the process of one of them is dead by then, or
 * has closed its {@link Ipc}, the barrier is broken, whether it died before it came or while it waited; those who wait
 * learn of it within about 50 ms of their waiting (200 ms, if they have waited for more than a second). A replacement
 * is welcome after a {@link #reset}. A party that comes and dies just before the last one may still have been counted:
 * then the meeting after that is broken. A party that dies before it ever came is not known: use a timeout the first
 * time. If all are dead, the next one begins anew without a reset, so what a former run of a program has left is in
 * nobody's way. A process that is stopped (SIGSTOP) is waited for, because it is not dead. If it was stopped in the
 * middle of coming, nobody else can come: they wait, and those with a timeout break the barrier 0.1 s late at most.
 *
 * <p>Nothing is recorded for the checks. Methods throw {@link IpcException} where the memory underneath fails, and
 * {@link IllegalStateException} once the {@link Ipc} is closed, also those that wait.
 */
public final class SharedBarrier {

    private final String name;
    private final Ipc ipc;
    private final int parties;
    private final Meeting meeting;

    private SharedBarrier(String name, Ipc ipc, int parties, Meeting meeting) {
        this.name = name;
        this.ipc = ipc;
        this.parties = parties;
        this.meeting = meeting;
    }

    static SharedBarrier open(String name, Ipc ipc, int parties) {
        Ipc.requireRange("parties", 1, Meeting.MAX_PARTIES, parties);
        MappedRegion region = ipc.region(
                name, RegionKind.BARRIER, Meeting.bodyBytes(parties), created -> created.setParameter(0, parties));
        Ipc.requireCreatedWith(name, "parties", parties, region.parameter(0));
        region.requireBody(Meeting.bodyBytes(parties));
        return new SharedBarrier(
                name, ipc, parties, new Meeting(region, MappedRegion.HEADER_BYTES, parties, ipc.participants()));
    }

    /**
     * Waits until all have come, without limit.
     *
     * @return how many were still to come after this one: 0 for the last one
     * @throws BrokenBarrierException if the barrier is broken, or gets broken while this waits, or is reset
     * @throws InterruptedException if interrupted before or while waiting; the barrier is broken then
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        try {
            return awaitUntil(Deadline.NEVER);
        } catch (TimeoutException e) {
            throw new AssertionError("there is no limit", e);
        }
    }

    /**
     * As {@link #await()}, at most so long. With a timeout of zero or less, only the last one is sure to get through.
     *
     * @param timeout how long at most
     * @return how many were still to come after this one: 0 for the last one
     * @throws BrokenBarrierException if the barrier is broken, or gets broken while this waits, or is reset
     * @throws InterruptedException if interrupted before or while waiting; the barrier is broken then
     * @throws TimeoutException if the time is over; the barrier is broken then
     */
    public int await(Duration timeout) throws InterruptedException, BrokenBarrierException, TimeoutException {
        return awaitUntil(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * As {@link #await(Duration)}.
     *
     * @param timeout how long at most
     * @param unit of the timeout
     * @return how many were still to come after this one: 0 for the last one
     * @throws BrokenBarrierException if the barrier is broken, or gets broken while this waits, or is reset
     * @throws InterruptedException if interrupted before or while waiting; the barrier is broken then
     * @throws TimeoutException if the time is over; the barrier is broken then
     */
    public int await(long timeout, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return awaitUntil(Deadline.in(unit.toNanos(timeout)));
    }

    private int awaitUntil(long deadline) throws InterruptedException, BrokenBarrierException, TimeoutException {
        ipc.ensureOpen();
        try {
            Arrival arrival = arrive(deadline);
            if (arrival == null) {
                throw broken(meeting.generation());
            }
            try (Waiting waiting = new Waiting(meeting.arrived())) {
                awaitOthers(arrival.generation(), deadline, waiting);
            }
            return arrival.index();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    private Arrival arrive(long deadline) throws InterruptedException, TimeoutException {
        while (true) {
            long generation = meeting.generation();
            if (Thread.interrupted()) {
                meeting.giveUp(generation);
                throw new InterruptedException();
            }
            try {
                return meeting.arrive(Deadline.in(Outbox.PATIENCE_NANOS));
            } catch (Meeting.Busy e) {
                // Somebody was stopped in the table: whoever has a limit need not wait for that.
                if (Deadline.isOver(deadline) && meeting.giveUp(generation)) {
                    throw timedOut();
                }
            }
        }
    }

    private void awaitOthers(long generation, long deadline, Waiting waiting)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        while (true) {
            Standing standing = meeting.standing(generation);
            if (standing != Standing.WAITING) {
                waiting.succeeded();
                if (standing == Standing.BROKEN) {
                    throw broken(generation);
                }
                return;
            }
            boolean inTime;
            try {
                inTime = waiting.pauseInterruptibly(deadline);
            } catch (InterruptedException e) {
                if (meeting.giveUp(generation)) {
                    throw e;
                }
                // It ended before the interrupt could end it.
                Thread.currentThread().interrupt();
                continue;
            }
            ipc.ensureOpen();
            // Who never waits long enough to ask the kernel must learn of a death as well.
            if (!inTime || waiting.isTimeToProbe()) {
                meeting.breakIfSomebodyDied(generation);
            }
            if (!inTime && meeting.giveUp(generation)) {
                throw timedOut();
            }
        }
    }

    private TimeoutException timedOut() {
        return new TimeoutException("not all " + parties + " parties of barrier '" + name + "' came in time");
    }

    private BrokenBarrierException broken(long generation) {
        int dead = meeting.deadPartyOf(generation);
        return new BrokenBarrierException("barrier '" + name + "' is broken: "
                + (dead == 0 ? "a party left early, or it was reset" : "participant " + dead + " died or left"));
    }

    /**
     * Begins anew: those who wait get a {@link BrokenBarrierException}, and nobody is expected because of having met
     * before.
     */
    public void reset() {
        ipc.ensureOpen();
        meeting.reset();
    }

    /**
     * Whether an {@link #await} now would throw {@link BrokenBarrierException}, unless all who broke it are dead.
     *
     * @return whether it is broken
     */
    public boolean isBroken() {
        ipc.ensureOpen();
        return meeting.isBroken();
    }

    /**
     * How many have come and wait, at some instant during the call.
     *
     * @return 0 if it is broken
     */
    public int getNumberWaiting() {
        ipc.ensureOpen();
        return meeting.waiting();
    }

    /**
     * How many meet.
     *
     * @return 1 to 4,096
     */
    public int getParties() {
        return parties;
    }

    /**
     * Its name in the namespace.
     *
     * @return what it was opened by
     */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return "SharedBarrier[" + name + ", " + meeting.waiting() + " of " + parties
                + (meeting.isBroken() ? ", broken]" : "]");
    }
}
