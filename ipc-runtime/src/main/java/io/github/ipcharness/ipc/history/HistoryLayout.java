package io.github.ipcharness.ipc.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The layout of a process's history file: a header, then records of 64 bytes, one for each operation.
 *
 * <pre>
 *   header, 256 bytes
 *   +0 magic  +8 version  +12 byte order  +16 process id  +24 participant  +32 wall clock at start (ms)
 *   +40 {@link System#nanoTime} at start  +48 wall clock at the end, or 0  +56 nanoTime at the end, or 0
 *   +64 boot id, 36 characters  +104 number of the time namespace, or 0  +112 length of the label  +116 the label, UTF-8, at most {@value #MAX_LABEL_BYTES} bytes
 *
 *   operation, 64 bytes
 *   +0  word, published last:  state (8 bits) | operation (8) | outcome (8) | flags (8) | object (32)
 *   +8  call   +16 return   +24 value   +32 expected value   +40 value found
 *   +48 index of the element   +52 thread   +56 checksum of what went in   +60 checksum of what came out
 *
 *   text, as many records as it needs, of which the first is published last; the words of the others stay 0,
 *   so that they are skipped if the first was never published
 *   +0  word: state (8) | what (8) | 0 (16) | length in bytes (32)   +8 56 bytes of it
 * </pre>
 *
 * <p>Invariants: a record is filled first and its word is stored last, with release semantics, once when the call
 * begins ({@link #INVOKED}) and again when it has returned ({@link #RETURNED}). A process killed between the two leaves
 * a pending operation; one killed before the first leaves an empty record, which is skipped: it had not begun. The file
 * is a multiple of 64 bytes and allocated for real, chunk by chunk; a reader goes through all of it.
 */
final class HistoryLayout {

    static final long MAGIC = 0x4950_4348_4953_5431L; // "IPCHIST1"
    static final int VERSION = 1;
    static final int ORDER_MARK = 0x0102_0304;

    static final int HEADER_BYTES = 256;
    static final int VERSION_OFFSET = 8;
    static final int ORDER_OFFSET = 12;
    static final int PID_OFFSET = 16;
    static final int PARTICIPANT_OFFSET = 24;
    static final int START_MILLIS_OFFSET = 32;
    static final int START_NANOS_OFFSET = 40;
    static final int END_MILLIS_OFFSET = 48;
    static final int END_NANOS_OFFSET = 56;
    static final int BOOT_ID_OFFSET = 64;
    static final int BOOT_ID_BYTES = 36;
    static final int TIME_NAMESPACE_OFFSET = 104;
    static final int LABEL_LENGTH_OFFSET = 112;
    static final int LABEL_OFFSET = 116;
    static final int MAX_LABEL_BYTES = HEADER_BYTES - LABEL_OFFSET;

    static final int RECORD_BYTES = 64;
    static final int CALL_OFFSET = 8;
    static final int RETURN_OFFSET = 16;
    static final int VALUE_OFFSET = 24;
    static final int EXPECTED_OFFSET = 32;
    static final int FOUND_OFFSET = 40;
    static final int INDEX_OFFSET = 48;
    static final int THREAD_OFFSET = 52;
    static final int SUM_IN_OFFSET = 56;
    static final int SUM_OUT_OFFSET = 60;

    static final int TEXT_OFFSET = 8;
    static final int TEXT_BYTES = RECORD_BYTES - TEXT_OFFSET;

    // States.
    static final int INVOKED = 1;
    static final int RETURNED = 2;
    static final int TEXT = 3;

    // What a text is.
    static final int VALUE_TEXT = 1;
    static final int OBJECT_TEXT = 2;

    // Flags.
    /** The operation was on end B of a pipe. */
    static final int END_B = 1;
    /** The value (and expected value and value found) are numbers of text records. */
    static final int TEXT_VALUES = 2;
    /** The value is the identity of a message, and what the user calls it stands in the expected value. */
    static final int SHOWN = 4;

    static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private HistoryLayout() {}

    static long word(int state, int operation, int outcome, int flags, int object) {
        return state | operation << 8 | outcome << 16 | (long) flags << 24 | (long) object << 32;
    }

    static int stateOf(long word) {
        return (int) word & 0xFF;
    }

    static int operationOf(long word) {
        return (int) (word >>> 8) & 0xFF;
    }

    static int outcomeOf(long word) {
        return (int) (word >>> 16) & 0xFF;
    }

    static int flagsOf(long word) {
        return (int) (word >>> 24) & 0xFF;
    }

    static int objectOf(long word) {
        return (int) (word >>> 32);
    }

    /** How many records a text of this length needs. */
    static int records(int textBytes) {
        return Math.max(1, (textBytes + TEXT_BYTES - 1) / TEXT_BYTES);
    }
}
