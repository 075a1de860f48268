package io.github.ipcharness.ipc.memory;

/**
 * The instants of the write paths at which a kill or a stop leaves something different behind. Tests end or stop a
 * process at each of them in turn; a user's process never does, and pays nothing for them.
 *
 * <p>They are off unless the system property {@value #PROPERTY} is set when this class is loaded: {@code reach()} is
 * then one test of a constant, which the compiler removes. Tests set it to {@code POINT:HIT:halt}, which kills this
 * process by SIGKILL when it reaches the point for the HITth time, or to {@code POINT:HIT:freeze}, which stops it there
 * by SIGSTOP until somebody wakes it; with any other text, hits are counted and nothing happens. Set again while the
 * process runs, it counts anew.
 */
public enum CrashPoint {
    // ---- regions ----
    /** The file beside is allocated; nothing stands in it. */
    REGION_FILLED,
    /** The region is whole, and has no name yet. */
    REGION_SET_UP,
    /** The region has its name, and that of the file beside as well. */
    REGION_LINKED,
    /** A pipe that is over is about to lose its name. */
    REGION_UNNAMING,
    /** It has lost it. */
    REGION_UNNAMED,
    /** A directory of the namespace was made. */
    DIRECTORY_MADE,

    // ---- participants ----
    /** A number was taken, and no file lies under it. */
    PARTICIPANT_NUMBERED,
    /** The file lies there, and is not locked. */
    PARTICIPANT_FILED,
    /** The file is locked; nobody has been told the number. */
    PARTICIPANT_LOCKED,
    /** Somebody asks about a dead participant, and holds the lock of its file to find out. */
    PARTICIPANT_PROBING,
    /** Everything of this participant is given up but its file. */
    PARTICIPANT_LEAVING,
    /** The file is gone, the lock on it still held. */
    PARTICIPANT_UNFILED,

    // ---- locks ----
    /** A free lock was taken. */
    LOCK_TAKEN,
    /** A lock was taken over from a dead owner. */
    LOCK_TAKEN_OVER,
    /** The owner is about to let the lock go. */
    LOCK_UNLOCKING,
    /** It has let it go, and woken nobody. */
    LOCK_UNLOCKED,

    // ---- sleeping and waking ----
    /** A bell hangs, and nobody knows of it. */
    BELL_HUNG,
    /** The sleeper has a place, and has not asked to be woken. */
    SLEEPER_ENTERED,
    /** The sleeper has asked to be woken, and is about to look once more. */
    SLEEPER_ASKED,
    /** The sleeper has been woken, or its sleep was over. */
    SLEEPER_WOKE,
    /** The sleeper does not ask any more, and still has its place. */
    SLEEPER_TOOK_BACK,
    /** The sleeper has left its place, and has not passed on a ring that was of no use to it. */
    SLEEPER_LEFT,
    /** The waker has struck the sleeper from the list, and not rung. */
    WAKER_CHOSE,
    /** The waker has rung. */
    WAKER_RANG,
    /** The waker has found the sleeper dead, and made its place free. */
    WAKER_CLEARED,

    // ---- the ring: putting ----
    /** Producers have looked where the consumers are. */
    PUT_HEAD_SEEN,
    /** A record's header is written, and nothing of its payload. */
    PUT_HEADER_WRITTEN,
    /** The first part of a payload is written, up to the end of the ring. */
    PUT_HALF_WRITTEN,
    /** The copy beside the tail is written, and not valid. */
    PUT_COPIED,
    /** The record is whole, and not committed; in a batch, others may follow. */
    PUT_WRITTEN,
    /** The batch has happened; the lock is still held. */
    PUT_COMMITTED,
    /** The lock is free, and who sleeps is about to be woken. */
    PUT_ENDING,
    /** The put is over, and its spilled message (if it failed) not deleted, nor its record ended. */
    PUT_ENDED,
    /** One step of a putAll has happened, and the next has not begun. */
    PUT_STEP_DONE,

    // ---- the ring: taking ----
    /** Consumers have looked where the producers are. */
    TAKE_TAIL_SEEN,
    /** A message has been copied out, and stays; in a batch, others may follow. */
    TAKE_READ,
    /** The batch has been taken; the lock is still held. */
    TAKE_COMMITTED,
    /** The lock is free, and who sleeps is about to be woken. */
    TAKE_ENDING,
    /** The take is over, but not handed to the user. */
    TAKE_ENDED,

    // ---- messages in files of their own ----
    /** The file is there, and empty. */
    SPILL_CREATED,
    /** The file is whole, and no ring mentions it. */
    SPILL_WRITTEN,
    /** The message was taken, and its file is about to be deleted. */
    SPILL_TAKEN,
    /** A file that nobody will take is about to be deleted. */
    SPILL_SWEEPING,

    // ---- senders and ends ----
    /** A sender has entered a place that was free. */
    SENDER_ENTERED,
    /** A sender has entered the place of one that has ended or died. */
    SENDER_REPLACED,
    /** A sender has ended, and woken nobody. */
    SENDER_ENDED,
    /** An end of a pipe has its holder; the table is still locked. */
    PIPE_ATTACHED,
    /** An end is closed, and the other not looked at. */
    PIPE_CLOSED,
    /** The pipe is over, and its name not free. */
    PIPE_RETIRED,
    /** Nobody who waits in the pipe has been woken to see that an end is closed. */
    PIPE_CLOSE_UNSAID,

    // ---- values ----
    /** A slot's header is written, and its bytes are those of an older value. */
    VALUE_HALF_WRITTEN,
    /** The slot is whole, and not the newest. */
    VALUE_WRITTEN,
    /** It is the newest; the lock is still held. */
    VALUE_COMMITTED,
    /** A number has changed, and nobody has been woken. */
    CELL_CHANGED,
    /** Bytes of an array were copied. */
    BYTES_COPIED,

    // ---- histories ----
    /** The file is there, and empty. */
    HISTORY_CREATED,
    /** Room is filled with zeros, and not in use. */
    HISTORY_GROWN,
    /** A block is written to its place, and its slot still holds it. */
    HISTORY_KEPT,
    /** The slot holds nothing, and is not empty. */
    HISTORY_SLOT_FREED,
    /** The header is written, all but the word that says so. */
    HISTORY_HEADED,
    /** A text's bytes are written, and the text is not there yet. */
    HISTORY_TEXT_WRITTEN,
    /** A record is filled, and the operation has not begun. */
    HISTORY_FILLED,
    /** The operation has begun, and done nothing. */
    HISTORY_BEGUN,
    /** The operation has been done, and is still pending in its record. */
    HISTORY_ENDING,
    /** The operation has ended in its record, and not returned to the user. */
    HISTORY_ENDED,
    /** The record of an older look is empty, to be written over. */
    HISTORY_LOOK_EMPTIED,
    /** The end of the recording is stamped. */
    HISTORY_CLOSED;

    /** Names the system property. */
    public static final String PROPERTY = "ipc.test.crash";

    private static final boolean ON = System.getProperty(PROPERTY) != null;

    /** Says that this thread is at the point. */
    public void reach() {
        if (ON) {
            Crash.reached(this);
        }
    }

    /** How often the point was reached since the property was set; 0 where the points are off. */
    public long hits() {
        return ON ? Crash.hits(this) : 0;
    }
}
