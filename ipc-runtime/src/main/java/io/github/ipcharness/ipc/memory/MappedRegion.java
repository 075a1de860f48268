package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A file that several processes have mapped: a header that says what it is, then the owner's words.
 *
 * <pre>
 *   0         8      12      16     20      24          32                        64   72        80        88      128
 *   +---------+------+-------+------+-------+-----------+-------------------------+----+---------+---------+-------+-- -
 *   | magic   | vers | order | kind | ready | file size | 4 parameters of 8 bytes | id | remover | takings | bells | body
 *   +---------+------+-------+------+-------+-----------+-------------------------+----+---------+---------+-------+-- -
 * </pre>
 *
 * <p>Invariants: a region becomes visible under its name whole, never half made: it is filled and set up as a file
 * beside, and then linked to its name, which fails if somebody was faster. {@code ready} is written last all the same,
 * so that a file copied or restored by other means is noticed. Every page is allocated before it is mapped. All
 * multi-byte access is in native order, and atomic where the offset is a multiple of the width. The id tells a region
 * from others that had its name before or have it later.
 *
 * <p>The JVM maps at most 2 GiB at once, so a larger region is mapped as a row of windows. Offsets that are {@code int}
 * lead into the first window alone, and cost nothing more for it: headers, locks and all that is of fixed size lie there.
 * Offsets that are {@code long} lead anywhere. A window begins at a multiple of its size, so a word never lies in two.
 *
 * <p>The remover is the participant that is taking the region's name away, or has, or 0; see {@link Removal}. Takings count
 * how often a lock in the region was taken over from a dead owner, for people who look; a kill may cost one. Bells is not 0
 * once somebody has the region who cannot wake who sleeps on a {@link Futex}.
 */
public final class MappedRegion {

    /** Bytes before the owner's first word; the body starts on a cache line of its own. */
    public static final int HEADER_BYTES = 128;

    private static final long MAGIC = 0x4950_4348_4152_4E31L; // "IPCHARN1"
    private static final int VERSION = 3;
    private static final int ORDER_MARK = 0x0102_0304;
    private static final int MAGIC_OFFSET = 0;
    private static final int VERSION_OFFSET = 8;
    private static final int ORDER_OFFSET = 12;
    private static final int KIND_OFFSET = 16;
    private static final int READY_OFFSET = 20;
    private static final int SIZE_OFFSET = 24;
    private static final int PARAMETERS_OFFSET = 32;
    private static final int PARAMETERS = 4;
    private static final int ID_OFFSET = 64;
    private static final int REMOVER_OFFSET = 72;
    private static final int TAKINGS_OFFSET = 80;
    private static final int BELLS_OFFSET = 88;
    private static final int READY = 1;

    /** How the names of files end that will become regions. */
    private static final String BESIDE = ".new";

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    // The elements of a user's own byte array, eight at a time.
    private static final VarHandle ARRAY_LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    // A bulk copy has to be set up, which costs more than it saves below this length.
    private static final int SHORT_COPY = 128;

    private static final VarHandle INTS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** The most bytes of a region, header included: 1 TiB. */
    public static final long MAX_BYTES = 1L << 40;

    /** Windows of 1 GiB. */
    private static final int WINDOW_SHIFT = 30;

    private final Path file;
    private final long size;
    /** All of it, or the first window. */
    private final ByteBuffer buffer;
    /** Null where one is enough. */
    private final ByteBuffer[] windows;

    private final int windowShift;
    /** Of the first window; 0 until somebody asks. */
    private long address;

    private MappedRegion(Path file, long size, ByteBuffer[] windows, int windowShift) {
        this.file = file;
        this.size = size;
        this.buffer = windows[0];
        this.windows = windows.length == 1 ? null : windows;
        this.windowShift = windowShift;
    }

    /**
     * Opens the region, or makes it if it is not there.
     *
     * @param kind what the body holds; a region of another kind is refused
     * @param bodyBytes size of the body where it is created; an existing region keeps the size that it has
     * @param maker who creates it, so that it is known whether what lies beside is still being filled
     * @param setUp writes the first state of a region that this call creates, before anyone else can see it
     */
    public static MappedRegion openOrCreate(
            Path file, RegionKind kind, long bodyBytes, int maker, Consumer<MappedRegion> setUp) {
        return openOrCreate(file, kind, bodyBytes, maker, setUp, WINDOW_SHIFT);
    }

    /** @param windowShift 2 to this power is a window's size; tests have small ones, so that there are many borders */
    static MappedRegion openOrCreate(
            Path file, RegionKind kind, long bodyBytes, int maker, Consumer<MappedRegion> setUp, int windowShift) {
        try {
            return Uninterruptibly.call(
                    "map", () -> openOrCreateHere(file, kind, bodyBytes, maker, setUp, windowShift));
        } catch (RegionException e) {
            throw e;
        } catch (IOException e) {
            throw new RegionException("cannot map " + file + " (" + (HEADER_BYTES + bodyBytes) + " bytes): " + e, e);
        } catch (Exception e) {
            throw new RegionException("cannot map " + file + ": " + e, e);
        }
    }

    private static MappedRegion openOrCreateHere(
            Path file, RegionKind kind, long bodyBytes, int maker, Consumer<MappedRegion> setUp, int windowShift)
            throws IOException {
        while (true) {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                long size = HEADER_BYTES + bodyBytes;
                if (size > MAX_BYTES) {
                    throw new RegionException("a region holds at most " + (MAX_BYTES - HEADER_BYTES) + " bytes: "
                            + bodyBytes + " asked for " + file.getFileName());
                }
                create(file, kind, size, maker, setUp, windowShift);
            }
            try {
                return open(file, kind, windowShift);
            } catch (NoSuchFileException e) {
                // Removed between the two looks, by a process that cleaned up: make it again.
                continue;
            }
        }
    }

    private static void create(
            Path file, RegionKind kind, long size, int maker, Consumer<MappedRegion> setUp, int windowShift)
            throws IOException {
        PrivateFiles.requireRoom(file.getParent(), size);
        Path beside = Files.createTempFile(file.getParent(), "." + file.getFileName() + "-" + maker + "-", BESIDE);
        try {
            try (FileChannel channel = PrivateFiles.open(beside)) {
                PrivateFiles.fill(channel, 0, size);
                CrashPoint.REGION_FILLED.reach();
                MappedRegion region = map(file, channel, size, windowShift);
                region.writeHeader(kind, size);
                setUp.accept(region);
                region.putIntRelease(READY_OFFSET, READY);
            }
            CrashPoint.REGION_SET_UP.reach();
            Files.createLink(file, beside);
            CrashPoint.REGION_LINKED.reach();
        } catch (FileAlreadyExistsException e) {
            // Another process was faster; its region is as good as ours.
            return;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static MappedRegion open(Path file, RegionKind kind, int windowShift) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new NoSuchFileException(file.toString());
            }
            throw new RegionException("must be a regular file (links are not followed): " + file);
        }
        PrivateFiles.requirePrivate(file);
        try (FileChannel channel = PrivateFiles.open(file)) {
            long size = requireSize(file, channel.size());
            MappedRegion region = map(file, channel, size, windowShift);
            region.checkHeader(kind, size);
            return region;
        }
    }

    /** Opens a region that is there; null if it is not. */
    static MappedRegion openIfThere(Path file, RegionKind kind) {
        try {
            return Uninterruptibly.call("open", () -> open(file, kind, WINDOW_SHIFT));
        } catch (RegionException e) {
            throw e;
        } catch (NoSuchFileException e) {
            return null;
        } catch (Exception e) {
            throw new RegionException("cannot map " + file + ": " + e, e);
        }
    }

    /**
     * Opens a region of whatever kind to look at it: what is written to it is refused.
     *
     * @throws RegionException if it is none, or not a whole one
     */
    public static MappedRegion openToLook(Path file) {
        try {
            return Uninterruptibly.call("look", () -> {
                PrivateFiles.requirePrivate(file);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                    long size = requireSize(file, channel.size());
                    ByteBuffer[] windows = windows(channel, FileChannel.MapMode.READ_ONLY, size, WINDOW_SHIFT);
                    MappedRegion region = new MappedRegion(file, size, windows, WINDOW_SHIFT);
                    region.checkHeader(null, size);
                    return region;
                }
            });
        } catch (RegionException e) {
            throw e;
        } catch (Exception e) {
            throw new RegionException("cannot look at " + file + ": " + e, e);
        }
    }

    /** Deletes what participants left that were killed while they created a region: it may be large. */
    public static void sweep(Path directory, Participants participants) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, ".*-*" + BESIDE)) {
            for (Path file : files) {
                String[] parts = file.getFileName().toString().split("-");
                String maker = parts[parts.length - 2];
                if (maker.matches("[0-9]{1,9}") && !participants.isAlive(Integer.parseInt(maker))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw new RegionException("cannot look for what was left in " + directory + ": " + e, e);
        }
    }

    private static long requireSize(Path file, long size) {
        if (size < HEADER_BYTES || size > MAX_BYTES) {
            throw new RegionException("a region has between " + HEADER_BYTES + " and " + MAX_BYTES + " bytes, found "
                    + size + ": " + file);
        }
        return size;
    }

    private static MappedRegion map(Path file, FileChannel channel, long size, int windowShift) throws IOException {
        ByteBuffer[] windows = windows(channel, FileChannel.MapMode.READ_WRITE, size, windowShift);
        return new MappedRegion(file, size, windows, windowShift);
    }

    /** One where it is less than twice a window: with windows of 1 GiB, that is as much as the JVM maps at once. */
    private static ByteBuffer[] windows(FileChannel channel, FileChannel.MapMode mode, long size, int windowShift)
            throws IOException {
        long window = 1L << windowShift;
        long each = size < 2 * window ? size : window;
        ByteBuffer[] windows = new ByteBuffer[(int) ((size + each - 1) / each)];
        for (int i = 0; i < windows.length; i++) {
            long from = i * each;
            windows[i] = channel.map(mode, from, Math.min(each, size - from)).order(ByteOrder.nativeOrder());
        }
        return windows;
    }

    private void writeHeader(RegionKind kind, long size) {
        putLong(MAGIC_OFFSET, MAGIC);
        putInt(VERSION_OFFSET, VERSION);
        putInt(ORDER_OFFSET, ORDER_MARK);
        putInt(KIND_OFFSET, kind.code());
        putLong(SIZE_OFFSET, size);
        // Need not be secret, only different: two processes that start at once have different pids.
        putLong(
                ID_OFFSET,
                ThreadLocalRandom.current().nextLong() ^ ProcessHandle.current().pid() * 0x9E37_79B9_7F4A_7C15L);
    }

    /** @param kind null if any will do */
    private void checkHeader(RegionKind kind, long size) {
        int order = getInt(ORDER_OFFSET);
        if (order == Integer.reverseBytes(ORDER_MARK)) {
            throw new RegionException(
                    "written in the other byte order (here " + ByteOrder.nativeOrder() + "): " + file);
        }
        expect("magic", MAGIC, getLong(MAGIC_OFFSET));
        if (getInt(VERSION_OFFSET) != VERSION) {
            throw new RegionException("written by another version of this library: layout " + getInt(VERSION_OFFSET)
                    + ", here " + VERSION + ": " + file);
        }
        expect("byte order mark", ORDER_MARK, order);
        if (kind != null && getInt(KIND_OFFSET) != kind.code()) {
            throw new RegionException(
                    "is not a " + kind + " but a " + RegionKind.nameOf(getInt(KIND_OFFSET)) + ": " + file);
        }
        expect("ready word", READY, getIntAcquire(READY_OFFSET));
        if (getLong(SIZE_OFFSET) != size) {
            throw new RegionException(
                    "cut short or grown: was made with " + getLong(SIZE_OFFSET) + " bytes, has " + size + ": " + file);
        }
    }

    private void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new RegionException("not a region of this library: " + what + " must be 0x"
                    + Long.toHexString(expected) + ", found 0x" + Long.toHexString(found) + ": " + file);
        }
    }

    /** A fixed parameter of the region, written by its creator during set-up: {@code which} from 0 to 3. */
    public long parameter(int which) {
        return getLong(parameterOffset(which));
    }

    public void setParameter(int which, long value) {
        putLong(parameterOffset(which), value);
    }

    private static int parameterOffset(int which) {
        if (which < 0 || which >= PARAMETERS) {
            throw new IllegalArgumentException("a region has parameters 0 to " + (PARAMETERS - 1) + ": " + which);
        }
        return PARAMETERS_OFFSET + which * Long.BYTES;
    }

    /** What the body holds; null if a later version of this library knows. */
    public RegionKind kind() {
        return RegionKind.ofCode(getInt(KIND_OFFSET));
    }

    /** The participant that is taking the region's name away, or has, or {@link Participants#NOBODY}. */
    int remover() {
        long found = getLongVolatile(REMOVER_OFFSET);
        if (found != (int) found) {
            throw new RegionException(
                    "damaged: its remover must be the number of a participant, found " + found + ": " + file);
        }
        return (int) found;
    }

    /** Marks the region as being removed by this participant, or takes the mark away. */
    boolean changeRemover(int expected, int remover) {
        return compareAndSetLong(REMOVER_OFFSET, expected, remover);
    }

    /** Counts that a lock in the region was taken over from a dead owner. */
    void countTaking() {
        getAndAddLong(TAKINGS_OFFSET, 1);
    }

    /** How often a lock in the region was taken over from a dead owner. */
    public long takings() {
        return getLongVolatile(TAKINGS_OFFSET);
    }

    /** Whether all who have the region, or had it, can wake who sleeps on a {@link Futex} in it. */
    boolean allHaveFutex() {
        return getLongVolatile(BELLS_OFFSET) == 0;
    }

    /** Says for good that somebody has the region who cannot. */
    void renounceFutex() {
        if (allHaveFutex()) {
            putLongVolatile(BELLS_OFFSET, 1);
        }
    }

    /** Where a word of the first window lies, for the kernel; good for as long as the region is reachable. */
    long addressOf(int offset) {
        if (address == 0) {
            address = Futex.addressOf(buffer);
        }
        return address + offset;
    }

    /** Another one for each region that is made. */
    public long id() {
        return getLong(ID_OFFSET);
    }

    /**
     * Refuses a region whose size is not what its own parameters say: the body must have this many bytes, and every
     * parameter must have been looked at before.
     */
    public void requireBody(long bytes) {
        if (size() != HEADER_BYTES + bytes) {
            throw new RegionException("damaged: its parameters ask for " + (HEADER_BYTES + bytes) + " bytes, it has "
                    + size() + ": " + file);
        }
    }

    /** Refuses a region one of whose parameters is not in this range. */
    public long requireParameter(int which, String what, long least, long most) {
        long found = parameter(which);
        if (found < least || found > most) {
            throw new RegionException(
                    "damaged: " + what + " must be from " + least + " to " + most + ", found " + found + ": " + file);
        }
        return found;
    }

    /**
     * Takes the region's name away, if it has not gone to another region yet. Call it under a lock in the region: then
     * nobody takes the name away between the look and the removal, and nobody can have it before.
     */
    public void removeName() {
        try {
            Uninterruptibly.call("remove", () -> {
                if (hasItsName()) {
                    CrashPoint.REGION_UNNAMING.reach();
                    Files.deleteIfExists(file);
                    CrashPoint.REGION_UNNAMED.reach();
                }
                return null;
            });
        } catch (Exception e) {
            throw new RegionException("cannot remove " + file + ": " + e, e);
        }
    }

    /** Whether the name still leads to this region: not if it was removed, be it by somebody who died before saying so. */
    boolean hasItsName() throws IOException {
        try (FileChannel channel = PrivateFiles.open(file)) {
            ByteBuffer found = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
            return channel.read(found, ID_OFFSET) == Long.BYTES && found.getLong(0) == id();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    public Path file() {
        return file;
    }

    public long size() {
        return size;
    }

    private ByteBuffer window(long offset) {
        return windows == null ? buffer : windows[(int) (offset >>> windowShift)];
    }

    /** Where the offset lies in its window. */
    private int within(long offset) {
        return windows == null ? (int) offset : (int) offset & (1 << windowShift) - 1;
    }

    public byte getByte(long offset) {
        return window(offset).get(within(offset));
    }

    public void putByte(long offset, byte value) {
        window(offset).put(within(offset), value);
    }

    public long getLong(int offset) {
        return (long) LONGS.get(buffer, offset);
    }

    public long getLong(long offset) {
        return (long) LONGS.get(window(offset), within(offset));
    }

    public void putLong(int offset, long value) {
        LONGS.set(buffer, offset, value);
    }

    public void putLong(long offset, long value) {
        LONGS.set(window(offset), within(offset), value);
    }

    /** The memory of a region that has but one window; the first one of a larger region. */
    public ByteBuffer firstWindow() {
        return buffer;
    }

    /** As {@link #getLongVolatile(int)}, in the {@link #firstWindow}. */
    public static long getLongVolatile(ByteBuffer window, int offset) {
        return (long) LONGS.getVolatile(window, offset);
    }

    /** As {@link #getAndAddLong(int, long)}, in the {@link #firstWindow}. */
    public static long getAndAddLong(ByteBuffer window, int offset, long delta) {
        return (long) LONGS.getAndAdd(window, offset, delta);
    }

    public long getLongAcquire(int offset) {
        return (long) LONGS.getAcquire(buffer, offset);
    }

    public void putLongRelease(int offset, long value) {
        LONGS.setRelease(buffer, offset, value);
    }

    public long getLongVolatile(int offset) {
        return (long) LONGS.getVolatile(buffer, offset);
    }

    public long getLongVolatile(long offset) {
        return (long) LONGS.getVolatile(window(offset), within(offset));
    }

    public void putLongVolatile(int offset, long value) {
        LONGS.setVolatile(buffer, offset, value);
    }

    public void putLongVolatile(long offset, long value) {
        LONGS.setVolatile(window(offset), within(offset), value);
    }

    public boolean compareAndSetLong(int offset, long expected, long value) {
        return LONGS.compareAndSet(buffer, offset, expected, value);
    }

    public boolean compareAndSetLong(long offset, long expected, long value) {
        return LONGS.compareAndSet(window(offset), within(offset), expected, value);
    }

    public long getAndAddLong(int offset, long delta) {
        return (long) LONGS.getAndAdd(buffer, offset, delta);
    }

    public long getAndAddLong(long offset, long delta) {
        return (long) LONGS.getAndAdd(window(offset), within(offset), delta);
    }

    public long getAndSetLong(int offset, long value) {
        return (long) LONGS.getAndSet(buffer, offset, value);
    }

    public long getAndSetLong(long offset, long value) {
        return (long) LONGS.getAndSet(window(offset), within(offset), value);
    }

    public int getInt(int offset) {
        return (int) INTS.get(buffer, offset);
    }

    public void putInt(int offset, int value) {
        INTS.set(buffer, offset, value);
    }

    public int getIntAcquire(int offset) {
        return (int) INTS.getAcquire(buffer, offset);
    }

    public void putIntRelease(int offset, int value) {
        INTS.setRelease(buffer, offset, value);
    }

    public int getIntVolatile(int offset) {
        return (int) INTS.getVolatile(buffer, offset);
    }

    public void putIntVolatile(int offset, int value) {
        INTS.setVolatile(buffer, offset, value);
    }

    public boolean compareAndSetInt(int offset, int expected, int value) {
        return INTS.compareAndSet(buffer, offset, expected, value);
    }

    public int getAndAddInt(int offset, int delta) {
        return (int) INTS.getAndAdd(buffer, offset, delta);
    }

    public int getAndSetInt(int offset, int value) {
        return (int) INTS.getAndSet(buffer, offset, value);
    }

    /** Copies bytes that lie one behind the other, in one window or in several. */
    public void getBytes(long offset, byte[] into, int from, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        if (windows == null) {
            get(buffer, (int) offset, into, from, length);
            return;
        }
        for (int done = 0; done < length; ) {
            ByteBuffer window = window(offset + done);
            int at = within(offset + done);
            int part = Math.min(length - done, window.capacity() - at);
            get(window, at, into, from + done, part);
            done += part;
        }
    }

    private static void get(ByteBuffer window, int at, byte[] into, int from, int length) {
        if (length > SHORT_COPY) {
            window.get(at, into, from, length);
            return;
        }
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            ARRAY_LONGS.set(into, from + i, (long) LONGS.get(window, at + i));
        }
        for (int i = words; i < length; i++) {
            into[from + i] = window.get(at + i);
        }
    }

    /** Copies bytes to where they lie one behind the other, in one window or in several. */
    public void putBytes(long offset, byte[] source, int from, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        if (windows == null) {
            put(buffer, (int) offset, source, from, length);
            return;
        }
        for (int done = 0; done < length; ) {
            ByteBuffer window = window(offset + done);
            int at = within(offset + done);
            int part = Math.min(length - done, window.capacity() - at);
            put(window, at, source, from + done, part);
            done += part;
        }
    }

    private static void put(ByteBuffer window, int at, byte[] source, int from, int length) {
        if (length > SHORT_COPY) {
            window.put(at, source, from, length);
            return;
        }
        int words = length & -Long.BYTES;
        for (int i = 0; i < words; i += Long.BYTES) {
            LONGS.set(window, at + i, (long) ARRAY_LONGS.get(source, from + i));
        }
        for (int i = words; i < length; i++) {
            window.put(at + i, source[from + i]);
        }
    }
}
