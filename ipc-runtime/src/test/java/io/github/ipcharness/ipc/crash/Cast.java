package io.github.ipcharness.ipc.crash;

import static io.github.ipcharness.ipc.memory.CrashPoint.*;

import io.github.ipcharness.ipc.memory.CrashPoint;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who is killed or frozen, at which points, and what has happened before: an heir comes where another has already been
 * killed, alone with what that one has left behind.
 */
enum Cast {
    PUTTER(Play.QUEUE, Role.PUTTER, Cast::isNotMaking),
    TAKER(Play.QUEUE, Role.TAKER, Cast::isNotMaking),
    PASSER(Play.QUEUE, Role.PASSER, Cast::isComingOrGoing),
    REPLACER(Play.CROWDED_QUEUE, Role.PUTTER, Set.of(SENDER_REPLACED)::contains),
    PIPE(Play.PIPE, Role.PIPE_A, point -> point != DIRECTORY_MADE),
    WRITER(Play.VALUE, Role.WRITER, Cast::isNotMaking),
    LOCKER(Play.LOCK, Role.LOCKER, Cast::isNotMaking),
    FOUNDER(Play.FOUNDING, Role.FOUNDER, Cast::isComingOrGoing),

    RECORDED_PUTTER(PUTTER),
    RECORDED_TAKER(TAKER),
    RECORDED_PASSER(PASSER),
    RECORDED_PIPE(PIPE),
    RECORDED_WRITER(WRITER),
    RECORDED_LOCKER(LOCKER),

    PUTTER_HEIR(PUTTER, Role.PUTTER, PUT_WRITTEN, LOCK_TAKEN_OVER, PARTICIPANT_PROBING),
    TAKER_HEIR(TAKER, Role.TAKER, TAKE_READ, LOCK_TAKEN_OVER, PARTICIPANT_PROBING),
    WRITER_HEIR(WRITER, Role.WRITER, VALUE_HALF_WRITTEN, LOCK_TAKEN_OVER, PARTICIPANT_PROBING),
    LOCKER_HEIR(LOCKER, Role.LOCKER, LOCK_TAKEN, LOCK_TAKEN_OVER, PARTICIPANT_PROBING),
    /** Finds one who died asleep. */
    WAKER(PUTTER, Role.TAKER, SLEEPER_ASKED, WAKER_CLEARED),
    /** Finds the file of a message that was never put. */
    SWEEPER(PASSER, Role.PUTTER, SPILL_WRITTEN, SPILL_SWEEPING);

    private final Play play;
    private final Role role;
    private final boolean recorded;
    private final Predicate<CrashPoint> points;
    private final Role firstVictim;
    private final CrashPoint firstPoint;
    private final Set<CrashPoint> inherited;

    Cast(Play play, Role role, Predicate<CrashPoint> points) {
        this(play, role, false, points, null, null, Set.of());
    }

    /** The same, recorded; what else happens there is what happens to the other. */
    Cast(Cast plain) {
        this(plain.play, plain.role, true, point -> point.name().startsWith("HISTORY_"), null, null, Set.of());
    }

    Cast(Cast plain, Role firstVictim, CrashPoint firstPoint, CrashPoint... points) {
        this(plain.play, plain.role, false, Set.of(points)::contains, firstVictim, firstPoint, Set.of(points));
    }

    Cast(
            Play play,
            Role role,
            boolean recorded,
            Predicate<CrashPoint> points,
            Role firstVictim,
            CrashPoint firstPoint,
            Set<CrashPoint> inherited) {
        this.play = play;
        this.role = role;
        this.recorded = recorded;
        this.points = points;
        this.firstVictim = firstVictim;
        this.firstPoint = firstPoint;
        this.inherited = inherited;
    }

    /** What is made once for all is made by whoever comes first, which need not be the victim. */
    private static boolean isNotMaking(CrashPoint point) {
        return !point.name().matches("(REGION|DIRECTORY)_.*");
    }

    private static boolean isComingOrGoing(CrashPoint point) {
        return point.name().matches("(REGION|DIRECTORY|PARTICIPANT|BELL|SENDER)_.*");
    }

    Play play() {
        return play;
    }

    Role role() {
        return role;
    }

    boolean isRecorded() {
        return recorded;
    }

    /** Whether this cast answers for the point, where it reaches it. */
    boolean isFor(CrashPoint point) {
        return points.test(point);
    }

    boolean isHeir() {
        return firstVictim != null;
    }

    /** Who was killed before; null where nobody was. */
    Role firstVictim() {
        return firstVictim;
    }

    CrashPoint firstPoint() {
        return firstPoint;
    }

    /** What an heir reaches in its first moments, each once. */
    Set<CrashPoint> inherited() {
        return inherited;
    }

    /** Whether the others are there before the heir; else they would take the inheritance. */
    boolean othersComeFirst() {
        return !isHeir() || this == SWEEPER;
    }
}
