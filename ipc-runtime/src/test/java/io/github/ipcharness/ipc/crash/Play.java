package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.memory.CrashPoint;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is played: who is there besides the victim, and whom a frozen victim keeps waiting. */
enum Play {
    QUEUE(Role.PUTTER, Role.TAKER, Role.PUTTER, Role.TAKER),
    /** As many senders have ended before that the next one takes the place of one of them. */
    CROWDED_QUEUE(Role.PUTTER, Role.TAKER, Role.TAKER),
    PIPE(Role.PIPE_B),
    VALUE(Role.WRITER, Role.READER, Role.WRITER, Role.READER),
    LOCK(Role.LOCKER, Role.LOCKER, Role.LOCKER),
    FOUNDING(Role.FOUNDER);

    private static final Set<CrashPoint> ALWAYS_HELD =
            EnumSet.of(CrashPoint.LOCK_TAKEN, CrashPoint.LOCK_TAKEN_OVER, CrashPoint.LOCK_UNLOCKING);

    static {
        ALWAYS_HELD.addAll(EnumSet.range(CrashPoint.PUT_HEAD_SEEN, CrashPoint.PUT_COMMITTED));
        ALWAYS_HELD.addAll(EnumSet.range(CrashPoint.TAKE_TAIL_SEEN, CrashPoint.TAKE_COMMITTED));
        ALWAYS_HELD.addAll(EnumSet.range(CrashPoint.VALUE_HALF_WRITTEN, CrashPoint.VALUE_COMMITTED));
    }

    private static final Set<CrashPoint> BEGINNING = EnumSet.range(CrashPoint.HISTORY_GROWN, CrashPoint.HISTORY_BEGUN);
    private static final Set<CrashPoint> ENDING = EnumSet.of(CrashPoint.HISTORY_ENDING, CrashPoint.HISTORY_ENDED);
    private static final Set<CrashPoint> LEAVING = EnumSet.of(CrashPoint.SLEEPER_TOOK_BACK, CrashPoint.SLEEPER_LEFT);

    private static final Set<CrashPoint> TABLE_HELD = EnumSet.of(
            CrashPoint.PIPE_ATTACHED, CrashPoint.PIPE_RETIRED, CrashPoint.REGION_UNNAMING, CrashPoint.REGION_UNNAMED);

    private final List<Role> others;

    Play(Role... others) {
        this.others = List.of(others);
    }

    List<Role> others() {
        return others;
    }

    boolean isQueue() {
        return this == QUEUE || this == CROWDED_QUEUE;
    }

    /** Who takes the victim's part after its death; null where the others go on by themselves. */
    Role successor() {
        return switch (this) {
            case PIPE -> Role.PIPE_A;
            case FOUNDING -> Role.FOUNDER;
            default -> null;
        };
    }

    /** Whether a victim that is frozen there may hold what the others need, so that their timeouts are all they get. */
    private boolean isHeld(CrashPoint point) {
        return ALWAYS_HELD.contains(point)
                || switch (this) {
                    // A batch's takes are recorded while the ring is held.
                    case QUEUE, CROWDED_QUEUE -> BEGINNING.contains(point);
                    // The owner records, leaves the place where it slept, and works at what the lock guards.
                    case LOCK ->
                        BEGINNING.contains(point)
                                || ENDING.contains(point)
                                || LEAVING.contains(point)
                                || point == CrashPoint.CELL_CHANGED;
                    case VALUE -> BEGINNING.contains(point) || ENDING.contains(point);
                    case PIPE, FOUNDING -> false;
                };
    }

    /** Whether all that the others can do while the victim is frozen there is to wait, and to stop waiting in time. */
    boolean isAtAStandstill(CrashPoint point) {
        return this == PIPE || isHeld(point);
    }

    /**
     * Whether a part of this role may stand still while the victim is frozen: it uses a call that has no timeout, and
     * needs what the victim holds.
     */
    boolean mayStandStill(Role role, CrashPoint point) {
        return switch (role) {
            // Opening and closing a pipe, and writing a wide value, wait for whoever is at it.
            case PIPE_B -> isHeld(point) || TABLE_HELD.contains(point);
            case WRITER -> isHeld(point);
            default -> false;
        };
    }
}
