package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.memory.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What one part has said about itself so far, in a mapped file, which a SIGKILL does not take away: the test reads what
 * was acknowledged, and what was in flight, when the process died.
 */
final class Journal {

    /** A counter or a state. */
    enum Word {
        /** Set by the test: come to an end. */
        STOP,
        /** 0, {@link #PLAYING}, {@link #OVER} or {@link #FAILED}. */
        STATE,
        /** Calls that have returned, whatever came of them. */
        CALLS,
        /** Calls that brought something about. */
        DEEDS,
        /** Which generation of its messages, or which round, the part is in. */
        GENERATION,
        /** The last message that was begun to be sent, and the last that was acknowledged. */
        BEGUN,
        ACKNOWLEDGED,
        /** How many messages the take in flight may bring; 0 while there is none. */
        TAKING,
        /** Entries of the list. */
        ENTRIES,
        /** Additions to the shared number that were begun, and that were acknowledged. */
        ADDS_BEGUN,
        ADDS_ACKNOWLEDGED,
        UPDATES_BEGUN,
        UPDATES_ACKNOWLEDGED,
        WRITES_BEGUN,
        WRITES_ACKNOWLEDGED,
        /** Times that the lock was asked for and had, the same without hearing who had it before, and of a dead owner. */
        LOCKINGS_BEGUN,
        LOCKINGS,
        RECOVERIES,
        /** 1 while the lock is held for sure. */
        HOLDING
    }

    static final long PLAYING = 1;
    static final long OVER = 2;
    static final long FAILED = 3;

    private static final int HITS = 512;
    private static final int LIST = 2048;
    private static final int FILE_BYTES = 16 << 20;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Path file;
    private final ByteBuffer buffer;

    private Journal(Path file, ByteBuffer buffer) {
        this.file = file;
        this.buffer = buffer;
    }

    /** Opens the journal, or begins it. Only the pages that are written to take room. */
    static Journal open(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Journal(
                    file,
                    channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES).order(ByteOrder.nativeOrder()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path file() {
        return file;
    }

    long get(Word word) {
        return (long) LONGS.getVolatile(buffer, word.ordinal() * Long.BYTES);
    }

    void set(Word word, long value) {
        LONGS.setVolatile(buffer, word.ordinal() * Long.BYTES, value);
    }

    /** One thread writes a journal: no two add at once. */
    void add(Word word, long delta) {
        set(word, get(word) + delta);
    }

    /** Adds an entry to the list. */
    void enter(long entry) {
        long count = get(Word.ENTRIES);
        long offset = LIST + count * Long.BYTES;
        if (offset > FILE_BYTES - Long.BYTES) {
            throw new IllegalStateException("the journal is full: " + file);
        }
        LONGS.set(buffer, (int) offset, entry);
        set(Word.ENTRIES, count + 1);
    }

    long[] entries() {
        long[] entries = new long[(int) get(Word.ENTRIES)];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (long) LONGS.get(buffer, LIST + i * Long.BYTES);
        }
        return entries;
    }

    /** Writes down how often each crash point was reached in this process. */
    void takeHits() {
        for (CrashPoint point : CrashPoint.values()) {
            LONGS.set(buffer, HITS + point.ordinal() * Long.BYTES, point.hits());
        }
    }

    long hits(CrashPoint point) {
        return (long) LONGS.get(buffer, HITS + point.ordinal() * Long.BYTES);
    }

    boolean isOver() {
        return get(Word.STATE) == OVER;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(file.getFileName().toString());
        for (Word word : Word.values()) {
            if (get(word) != 0) {
                text.append(' ').append(word).append('=').append(get(word));
            }
        }
        return text.toString();
    }
}
