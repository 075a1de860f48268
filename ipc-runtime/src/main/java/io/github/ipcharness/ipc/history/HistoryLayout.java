package io.github.ipcharness.ipc.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The layout of a process's history file: a header, then the blocks that are written at the moment, then all others.
 *
 * <pre>
 *   header, 4096 bytes
 *   +0 magic  +8 version  +12 byte order  +16 process id  +24 participant  +32 wall clock at start (ms)
 *   +40 {@link System#nanoTime} at start  +48 wall clock at the end, or 0  +56 nanoTime at the end, or 0
 *   +64 boot id, 36 characters  +104 number of the time namespace, or 0  +112 length of the label  +116 the label, UTF-8, at most {@value #MAX_LABEL_BYTES} bytes
 *   +256 for each of {@value #SLOTS} slots: 1 + the number of the block that it holds, or 0
 *
 *   {@value #SLOTS} slots of 64 KiB, of which no more are there than were ever needed at the same time
 *
 *   blocks, 64 KiB each: records 0 to 1023, 1024 to 2047, and so on. A block that a slot holds is there, whatever lies here.
 *
 *   operation, 64 bytes
 *   +0  word, published last:  state (8 bits) | operation (8) | outcome (8) | flags (8) | object (32)
 *   +8  call   +16 return   +24 value   +32 expected value   +40 value found
 *   +48 index of the element   +52 thread   +56 checksum of what went in   +60 checksum of what came out
 *
 *   text, as many records as it needs, one after the other, of which the first is published last
 *   +0  word: state (8) | what (8) | 0 (16) | length in bytes (32)   +8 56 bytes of it
 *   the others   +0  word: {@link #CONTINUED}   +8 56 bytes
 * </pre>
 *
 * <p>Invariants: a record is filled first and its word is stored last, with release semantics, once when the call
 * begins ({@link #INVOKED}) and again when it has returned ({@link #RETURNED}). A process killed between the two leaves
 * a pending operation; one killed before the first leaves an empty record, which is skipped: it had not begun.
 *
 * <p>Records are written in slots only, which are mapped once and used again and again: a page that is mapped for the
 * first time costs as much as dozens of records. When all records of a slot have come to rest, and will never be written
 * again, its block is written to its place in the file. Only after that does the slot's number say that it holds nothing,
 * only then is it filled with zeros, and only then does it hold another block. So a block is in a slot or in its place
 * at every instant at which the process can be killed, and who reads it in a slot and finds the slot's number unchanged
 * afterwards has read the block. Where all slots wait for operations that have not returned, a block is written where it
 * stays. Slots and such blocks are allocated for real; the places of the others are not there before they are written.
 */
final class HistoryLayout {

    static final long MAGIC = 0x4950_4348_4953_5431L; // "IPCHIST1"
    static final int VERSION = 2;
    static final int ORDER_MARK = 0x0102_0304;

    static final int HEADER_BYTES = 4096;
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
    static final int SLOTS_OFFSET = 256;
    static final int MAX_LABEL_BYTES = SLOTS_OFFSET - LABEL_OFFSET;

    static final int SLOTS = 16;
    private static final int BLOCK_RECORDS_BITS = 10;
    static final int BLOCK_RECORDS = 1 << BLOCK_RECORDS_BITS;
    private static final int BLOCK_RECORDS_MASK = BLOCK_RECORDS - 1;
    private static final int RECORD_BITS = 6;
    static final int RECORD_BYTES = 1 << RECORD_BITS;
    static final int BLOCK_BYTES = BLOCK_RECORDS * RECORD_BYTES;
    static final long BLOCKS_FROM = HEADER_BYTES + (long) SLOTS * BLOCK_BYTES;
    /** Number 0 says that there is no record. */
    static final long FIRST_RECORD = 1;

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
    /** Belongs to a text that began earlier. */
    static final int CONTINUED = 4;
    /** A look that has returned, and whose record may be written over by a later one that saw the same. */
    static final int LOOKED = 5;

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

    /** Whether the operation has returned. */
    static boolean isReturned(int state) {
        return state == RETURNED || state == LOOKED;
    }

    /** Whether a record of this state is never written again. */
    static boolean isAtRest(int state) {
        return state == RETURNED || state == TEXT || state == CONTINUED;
    }

    static int blockOf(long record) {
        return (int) (record >>> BLOCK_RECORDS_BITS);
    }

    /** Where in its block a record lies. */
    static int offsetInBlock(long record) {
        return ((int) record & BLOCK_RECORDS_MASK) << RECORD_BITS;
    }

    /** Where in the file a slot lies. */
    static long slotFrom(int slot) {
        return HEADER_BYTES + (long) slot * BLOCK_BYTES;
    }

    /** Where in the file a block has its place. */
    static long blockFrom(int block) {
        return BLOCKS_FROM + (long) block * BLOCK_BYTES;
    }

    /** Where in the header the number of a slot's block lies. */
    static int slotWord(int slot) {
        return SLOTS_OFFSET + slot * Long.BYTES;
    }

    /** How many records a text of this length needs. */
    static int records(int textBytes) {
        return Math.max(1, (textBytes + TEXT_BYTES - 1) / TEXT_BYTES);
    }
}
