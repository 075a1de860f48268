package io.github.ipcharness.maven.check;

import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The operations of all processes on one object. Immutable.
 *
 * <p>Kept in columns, most of them as narrow as their numbers allow, because a history has millions of operations: 35
 * bytes for each of a usual queue of ours. Operations stand in the order
 * in which they were read, which is not that of time. Invariants: {@code call <= returned}; a pending operation returns
 * at {@link Long#MAX_VALUE} and has the outcome {@link Outcome#PENDING}; operations without effect are left out.
 *
 * <p>The columns {@code value} and {@code other} by operation:
 * <pre>
 *   put, send, write        value: what goes in             other: the number that the user knows it by, if shown
 *   get, receive, read      value: what came out, if ok     other: as above
 *   cas                     value: the new one              other: the expected one
 *   add                     value: the old one, if ok       other: what is added
 * </pre>
 */
public final class History {

    static final String QUEUE = "queue";
    static final String PIPE = "pipe";
    static final String VALUE = "value";
    static final String LOCK = "lock";
    static final List<String> KINDS = List.of(QUEUE, PIPE, VALUE, LOCK);

    /** The operation was made on end B of a pipe. */
    static final int END_B = 1;
    /** The value is the identity of a message, and the other column says what the user calls it. */
    static final int SHOWN = 2;

    private static final int IDENTITY_BITS = 40;
    private static final Operation[] OPERATIONS = Operation.values();
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int PENDING = Outcome.PENDING.ordinal();

    private final HistoryHeader header;
    private final HistoryColumns columns;
    private final Object[] texts;
    private final long initial;
    private final long[] lastSeen;

    History(HistoryHeader header, HistoryColumns columns, Object[] texts, long initial, long[] lastSeen) {
        this.header = header;
        this.columns = columns;
        this.texts = texts;
        this.initial = initial;
        this.lastSeen = lastSeen;
    }

    /** The object's name; an array's element is {@code name[3]}, one of several objects {@code history/object}. */
    public String name() {
        return header.name;
    }

    /** The name of the history that this object was read from; another than {@link #name} if it held several. */
    public String source() {
        return header.source;
    }

    /** Which of the histories in its file it was read from, from 0: names may come twice. */
    public int number() {
        return header.number;
    }

    /** {@code queue}, {@code pipe}, {@code value} or {@code lock}. */
    public String kind() {
        return header.kind;
    }

    public OptionalLong capacity() {
        return header.capacity;
    }

    /** Whether at the end everything acknowledged had to be out. */
    public boolean drained() {
        return header.drained;
    }

    /** Whether the run's time was over while its processes were still at it: what is pending then, waited in vain. */
    boolean stalled() {
        return header.stalled;
    }

    public int size() {
        return columns.size;
    }

    public Operation operation(int i) {
        return OPERATIONS[columns.code[i] & 0xF];
    }

    public Outcome outcome(int i) {
        return OUTCOMES[columns.code[i] >> 4 & 0xF];
    }

    boolean is(int i, Operation operation, Outcome outcome) {
        return columns.code[i] == HistoryColumns.code(operation, outcome);
    }

    public boolean isPending(int i) {
        return outcome(i) == Outcome.PENDING;
    }

    /** When it was called, in nanoseconds of one clock if {@link #isNanoseconds}. */
    public long call(int i) {
        return columns.call[i];
    }

    /** When it returned; {@link Long#MAX_VALUE} if it is pending. */
    public long returned(int i) {
        return columns.returned(i);
    }

    public int process(int i) {
        return (int) columns.process.get(i);
    }

    public int processes() {
        return header.processes.length;
    }

    public String processName(int process) {
        return header.processes[process];
    }

    String by(int i) {
        return header.processes[process(i)];
    }

    /** The line of the JSON Lines file that it stood in, from 1; of a run, which operation of its process's file. */
    public int line(int i) {
        return (int) columns.line.get(i);
    }

    /** Whether the process that made this call was killed on purpose. */
    boolean isByKilled(int i) {
        return header.killed.contains(by(i));
    }

    /** Whether any process of the run was killed on purpose. */
    boolean hasKilled() {
        return !header.killed.isEmpty();
    }

    /** Whether the stamps are nanoseconds; otherwise nobody knows their unit. */
    public boolean isNanoseconds() {
        return header.nanoseconds;
    }

    /** Why the stamps of different processes cannot be compared, or null. */
    String clockDoubt() {
        return header.clockDoubt;
    }

    ValueType type() {
        return header.type;
    }

    /** Whether values are strings (or strings and numbers), kept by number. */
    boolean hasTexts() {
        return texts != null;
    }

    Object text(long value) {
        return texts[(int) value];
    }

    long initial() {
        return initial;
    }

    HistoryHeader header() {
        return header;
    }

    boolean isEndB(int i) {
        return (columns.flags[i] & END_B) != 0;
    }

    boolean isShown(int i) {
        return (columns.flags[i] & SHOWN) != 0;
    }

    long value(int i) {
        return columns.value[i];
    }

    long other(int i) {
        return columns.other == null ? 0 : columns.other.get(i);
    }

    /** Checksum of what went in or came out, or 0. */
    int sum(int i) {
        return columns.sum == null ? 0 : (int) columns.sum.get(i);
    }

    boolean hasSums() {
        return columns.sum != null;
    }

    /** The last sign of life of a process: the greatest stamp of all its operations on any object. */
    long lastSeen(int process) {
        return lastSeen[process];
    }

    /** a has returned before b was called. */
    boolean isBefore(int a, int b) {
        return columns.returned(a) < columns.call[b];
    }

    /** What people call the value of this operation: {@code 17}, {@code "seventeen"}, {@code message 5 of producer-1}. */
    String valueText(int i) {
        if (isShown(i)) {
            return Long.toString(other(i));
        }
        boolean identity = header.type == ValueType.MESSAGE || sum(i) != 0 && !header.participants.isEmpty();
        return identity ? identityText(value(i)) : show(value(i));
    }

    private String identityText(long identity) {
        if (identity == 0) {
            return "the initial value";
        }
        int participant = (int) (identity >>> IDENTITY_BITS);
        String sender = header.participants.getOrDefault(participant, "participant " + participant);
        return "message " + (identity & (1L << IDENTITY_BITS) - 1) + " of " + sender;
    }

    /** A value that no operation shows another name for. */
    String show(long value) {
        if (texts != null) {
            Object text = texts[(int) value];
            return text instanceof String ? "\"" + text + "\"" : text.toString();
        }
        return header.type == ValueType.MESSAGE ? identityText(value) : header.type.show(value);
    }

    /** {@code put(17) by producer-1}, {@code get -> 17 by consumer-0}, {@code lock -> recovered by writer-2}. */
    public String describe(int i) {
        return label(i) + " by " + by(i);
    }

    /** {@code put(17)}, {@code get -> 17}. */
    public String label(int i) {
        return call(i, operation(i)) + result(i);
    }

    private String call(int i, Operation operation) {
        return switch (operation) {
            case PUT, SEND, WRITE -> operation + "(" + valueText(i) + ")";
            case CAS -> "cas(" + show(other(i)) + " -> " + show(value(i)) + ")";
            case ADD -> "add(" + header.type.show(other(i)) + ")";
            default -> operation.toString();
        };
    }

    private String result(int i) {
        Outcome outcome = outcome(i);
        if (outcome == Outcome.PENDING) {
            return "";
        }
        if (outcome != Outcome.OK) {
            return " -> " + outcome;
        }
        return switch (operation(i)) {
            case GET, RECEIVE, READ -> " -> " + valueText(i);
            case ADD -> " -> " + show(value(i));
            default -> "";
        };
    }

    /** Without its result: {@code put(17) by producer-1}, {@code get by consumer-0}. */
    String brief(int i) {
        return call(i, operation(i)) + " by " + by(i);
    }

    /** The time from one stamp to a later one. */
    public String time(long from, long to) {
        return Words.time(to - from, header.nanoseconds);
    }

    /** What is known of a history besides its operations. Filled by who builds one, then never changed. */
    static final class HistoryHeader {
        final String name;
        final String source;
        final String kind;
        int number;
        OptionalLong capacity = OptionalLong.empty();
        boolean drained;
        boolean stalled;
        ValueType type = ValueType.LONG;
        boolean nanoseconds;
        String clockDoubt;
        String[] processes = {};
        Map<Integer, String> participants = Map.of();
        /** Processes that were killed on purpose. */
        Set<String> killed = Set.of();

        HistoryHeader(String name, String source, String kind) {
            this.name = name;
            this.source = source;
            this.kind = kind;
        }
    }

    /** The columns while they grow, and when they are full. */
    static final class HistoryColumns {
        int size;
        long[] call;
        /** From the call to the return, which mostly is short; of no meaning if it is pending. */
        NarrowColumn duration;

        long[] value;
        /** Null as long as there is none. */
        NarrowColumn other;

        NarrowColumn process;
        NarrowColumn line;
        /** Null as long as there is none. */
        NarrowColumn sum;

        byte[] code;
        byte[] flags;

        HistoryColumns(int room) {
            call = new long[room];
            duration = new NarrowColumn(room);
            value = new long[room];
            process = new NarrowColumn(room);
            line = new NarrowColumn(room);
            code = new byte[room];
            flags = new byte[room];
        }

        static byte code(Operation operation, Outcome outcome) {
            return (byte) (operation.ordinal() | outcome.ordinal() << 4);
        }

        /** Right for any two stamps: what overflows going there overflows coming back. */
        long returned(int i) {
            return code[i] >> 4 == PENDING ? Long.MAX_VALUE : call[i] + duration.get(i);
        }

        int room() {
            return call.length;
        }

        void resize(int room) {
            call = Arrays.copyOf(call, room);
            duration.resize(room);
            value = Arrays.copyOf(value, room);
            if (other != null) {
                other.resize(room);
            }
            process.resize(room);
            line.resize(room);
            if (sum != null) {
                sum.resize(room);
            }
            code = Arrays.copyOf(code, room);
            flags = Arrays.copyOf(flags, room);
        }
    }
}
