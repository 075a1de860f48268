package io.github.ipcharness.ipc;

import io.github.ipcharness.ipc.history.HistoryWriter;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.AcknowledgedRing;
import io.github.ipcharness.ipc.memory.Deadline;
import io.github.ipcharness.ipc.memory.MappedRegion;
import io.github.ipcharness.ipc.memory.MessageRing;
import io.github.ipcharness.ipc.memory.Participants;
import io.github.ipcharness.ipc.memory.PipeEnds;
import io.github.ipcharness.ipc.memory.PipeRegion;
import io.github.ipcharness.ipc.memory.PrivateFiles;
import io.github.ipcharness.ipc.memory.QueueRegion;
import io.github.ipcharness.ipc.memory.RegionException;
import io.github.ipcharness.ipc.memory.RegionKind;
import io.github.ipcharness.ipc.memory.RobustLock;
import io.github.ipcharness.ipc.memory.VersionedSlots;
import io.github.ipcharness.ipc.memory.WaitPoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The door to everything that processes share: opens queues, pipes, values, arrays and locks by name.
 *
 * <p>Names live in a namespace, which is a private directory. Processes that open the same name in the same namespace
 * share the object; whoever comes first creates it. In a run of the plugin the namespace is the run's (system property
 * {@code ipc.home} or environment variable {@code IPC_HOME}), and every operation is recorded; elsewhere it is a
 * directory of the user's in shared memory, and nothing is recorded. The same code runs in both.
 *
 * <p>Each {@code Ipc} counts as one participant: while it is open it holds a lock on a file of its own, which the
 * kernel lets go when the process dies, however it dies. Closing it gives up what it holds, as dying would; one that is
 * forgotten without being closed lives as long as its process. Where these pages say "this process", they mean this
 * participant. The objects themselves stay, with what is in them, for the others and for whoever comes later, until
 * their files are removed: {@code java -jar ipc-runtime.jar clean} does that where only the dead have used them.
 *
 * <p>Names have 1 to 100 characters from {@code A-Z a-z 0-9 . _ -} and do not begin with a dot. All methods throw
 * {@link IllegalArgumentException} for a name or size that cannot be, {@link NullPointerException} for a null, and
 * {@link IpcException} for a file that is not what it must be or cannot be made (a full disk, another user's file,
 * another version, an object of another kind or size), or that a process which is stopped has not finished removing
 * after 10 s. Once the {@code Ipc} is closed, those that open something or wait throw {@link IllegalStateException}.
 *
 * <p>To open maps the object's file, on a thread of its own, each time anew: keep the object. Where it is created, the
 * file is filled with zeros first, so its room is taken at once. A process killed while it creates an object leaves
 * none, and others create it.
 *
 * <p><b>Waiting.</b> A thread that waits spins for moments, then gives the processor away, then sleeps until whoever
 * makes the change wakes it. No sleep is longer than 50 ms, or 200 ms once it has waited for about a second; after one,
 * it looks again, and asks the kernel who is dead. So a death is noticed within about that time, and so is a change
 * whose maker was killed before it could wake anybody. At most 15 threads sleep for the same thing; those beyond, and
 * all where the path of the namespace is longer than 79 bytes, look again every millisecond. On Linux from Java 22 on,
 * with {@code --enable-native-access} for this library's module (on the class path, {@code ALL-UNNAMED}), waiters sleep on
 * a futex, unless somebody has opened the object who cannot; without it not a word is said, and they have small sockets
 * in the namespace to be woken by.
 *
 * <p><b>Timeouts.</b> With a timeout of zero or less a call tries, and does not sleep. One of more than 73 years is as
 * good as none.
 *
 * <p>Any number of threads may use an {@code Ipc}, and all that it opens, at once.
 */
public final class Ipc implements AutoCloseable {

    private static final String HISTORIES = "histories";
    private static final int MAX_NAME = 100;
    // Histories number elements with 32 bits.
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE;

    private final Path home;
    private final Participants participants;
    private final HistoryWriter history;
    private final AtomicLong identities = new AtomicLong();
    private final Map<String, SharedLock> locks = new ConcurrentHashMap<>();
    private final Set<SharedNumber> numbers = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile boolean closed;

    private Ipc(Path home) {
        this.home = home;
        PrivateFiles.ensureDirectory(home);
        this.participants = Participants.join(home);
        try {
            MappedRegion.sweep(home, participants);
            Path histories = home.resolve(HISTORIES);
            this.history = Files.isDirectory(histories)
                    ? HistoryWriter.open(histories, Settings.label(), participants.self())
                    : null;
        } catch (RuntimeException | Error e) {
            participants.leave();
            throw e;
        }
    }

    /**
     * Opens the namespace of this process, which is {@link #defaultHome()}.
     *
     * @return a new participant
     * @throws IpcException also if this process belongs to a run that is over, and has taken its namespace away
     */
    public static Ipc open() {
        Path home = defaultHome();
        // Made again it would be nobody's: those who share it are gone, and so is whoever would delete it.
        if (Settings.isPartOfRun() && !Files.isDirectory(home)) {
            throw new IpcException("the run that this process belongs to is over, its namespace is gone: " + home);
        }
        return open(home);
    }

    /**
     * Opens the namespace in this directory, which is made if it is not there.
     *
     * @param home only this user may have access to it; in shared memory ({@code /dev/shm}) nothing is ever written to
     *     a disk
     * @return a new participant
     * @throws IpcException if the directory cannot be made, is a link, belongs to another user, or others may enter it
     */
    public static Ipc open(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        return translated(() -> new Ipc(absolute));
    }

    /**
     * The directory that {@link #open()} opens, which need not be there yet: {@code ipc.home} or {@code IPC_HOME}, or
     * else {@code ipc-USER} in {@code /dev/shm}, or in {@code java.io.tmpdir} where that cannot be written to.
     *
     * @return an absolute path
     */
    public static Path defaultHome() {
        return Settings.home().toAbsolutePath().normalize();
    }

    /**
     * The directory in which the names lie.
     *
     * @return an absolute path
     */
    public Path home() {
        return home;
    }

    /**
     * A queue with the default options, or with those that it was created with.
     *
     * @param <T> what is put
     * @param name its name among the queues
     * @param codec the same in all processes
     * @return a new object for it
     * @throws IpcException if it was created with another codec, as far as {@link Codec} can tell
     */
    public <T> IpcQueue<T> queue(String name, Codec<T> codec) {
        return queue(name, codec, QueueOptions.defaults());
    }

    /**
     * A queue; options that are given must be those that it was created with.
     *
     * @param <T> what is put
     * @param name its name among the queues
     * @param codec the same in all processes
     * @param options those that are left out are the defaults where it is created
     * @return a new object for it
     * @throws IpcException if it was created with another codec, as far as {@link Codec} can tell, or with other
     *     options
     */
    public <T> IpcQueue<T> queue(String name, Codec<T> codec, QueueOptions options) {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(options, "options");
        return translated(() -> {
            QueueRegion region = queueRegion(name, codecCode(codec), options);
            MessageRing ring = region.ring();
            region.spill().sweep(ring::isEmpty);
            ObjectLog log = log(Kind.QUEUE, name, "capacity", Integer.toString(ring.capacity()));
            AcknowledgedRing keeper = region.acknowledged();
            // If it is kept account of, it may be full of what was taken and is not done, which no history knows.
            Outcome full = keeper == null ? Outcome.FULL : Outcome.NO_EFFECT;
            Outbox<T> outbox = new Outbox<>("queue '" + name + "'", ring, codec, log, Operation.PUT, 0, full);
            Inbox<T> inbox = new Inbox<>(keeper == null ? ring : keeper, codec, log, Operation.GET, 0);
            return new IpcQueue<>(name, this, outbox, inbox, region.senders(), region.tasks(), keeper);
        });
    }

    private QueueRegion queueRegion(String name, int codec, QueueOptions options) {
        int capacity = options.capacityOrDefault();
        long bytes = options.bytesOrDefault();
        boolean kept = options.isAcknowledged();
        MappedRegion mapped = region(
                name,
                RegionKind.QUEUE,
                QueueRegion.bodyBytes(capacity, bytes, kept),
                created -> QueueRegion.setUp(created, capacity, bytes, options.producersOrDefault(), kept, codec));
        QueueRegion region = new QueueRegion(mapped, participants);
        requireSame(name, "capacity", options.capacity(), region.capacity());
        requireSame(name, "bytes", options.bytes(), region.bytes());
        requireSame(name, "producers", options.producers(), region.producers());
        requireSame(name, "codec", codec, region.codec());
        if (kept && region.acknowledged() == null) {
            throw new IpcException(
                    "'" + name + "' was created without, and is opened with, QueueOptions.acknowledged()");
        }
        return region;
    }

    /**
     * One end of a duplex pipe; another process opens the other. Each end has one holder; once both ends are gone, the
     * name is free for a new pipe.
     *
     * <p>A process that is stopped in the middle of opening or closing an end makes those wait who open or close one of
     * this pipe.
     *
     * @param <T> what is sent
     * @param name its name among the pipes
     * @param codec the same at both ends
     * @param end which one
     * @return the end, held by this process until it is closed
     * @throws IpcException if the end is held already, or its holder has closed it or died while the other end lives or
     *     is still to come; or if the pipe was created with another codec, as far as {@link Codec} can tell
     */
    public <T> Connection<T> pipe(String name, Codec<T> codec, End end) {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(end, "end");
        return translated(() -> {
            while (true) {
                MappedRegion mapped = region(
                        name,
                        RegionKind.PIPE,
                        PipeRegion.BODY_BYTES,
                        created -> created.setParameter(3, codecCode(codec)));
                PipeRegion region = new PipeRegion(mapped, participants);
                requireSame(name, "codec", codecCode(codec), mapped.parameter(3));
                PipeEnds ends = region.ends();
                switch (ends.attach(end.ordinal())) {
                    case DONE -> {
                        return attached(name, codec, end, region);
                    }
                    case HELD ->
                        throw new IpcException("end " + end + " of pipe '" + name + "' is held already, by participant "
                                + ends.holder(end.ordinal()));
                    case GONE ->
                        throw new IpcException("end " + end + " of pipe '" + name
                                + "' was closed or its process died, while end " + end.other()
                                + " lives on or is still to come");
                    case RETIRED -> {
                        // Its name is free: look who has it now, or make a new pipe.
                    }
                }
            }
        });
    }

    private <T> Connection<T> attached(String name, Codec<T> codec, End end, PipeRegion region) {
        try {
            return connection(name, codec, end, region);
        } catch (RuntimeException | Error e) {
            region.ends().close(end.ordinal());
            throw e;
        }
    }

    private <T> Connection<T> connection(String name, Codec<T> codec, End end, PipeRegion region) {
        MessageRing out = region.from(end.ordinal());
        MessageRing in = region.from(end.other().ordinal());
        region.spill().sweep(() -> out.isEmpty() && in.isEmpty());
        ObjectLog log = log(Kind.PIPE, name);
        int flags = ObjectLog.flags(end);
        Outbox<T> outbox =
                new Outbox<>("end " + end + " of pipe '" + name + "'", out, codec, log, Operation.SEND, flags);
        Inbox<T> inbox = new Inbox<>(in, codec, log, Operation.RECEIVE, flags);
        return new Connection<>(name, end, this, region.ends(), outbox, inbox, log);
    }

    /**
     * A {@code long}.
     *
     * @param name its name among the longs
     * @param initial counts where the value is created; an existing one keeps what it has
     * @return a new object for it
     */
    public SharedLong sharedLong(String name, long initial) {
        return opened(new SharedLong(cells(name, RegionKind.LONG, 1, 0, initial, "long")));
    }

    /**
     * An {@code int}.
     *
     * @param name its name among the ints
     * @param initial counts where the value is created; an existing one keeps what it has
     * @return a new object for it
     */
    public SharedInt sharedInt(String name, int initial) {
        return opened(new SharedInt(cells(name, RegionKind.INT, 1, Integer.SIZE, initial, "int")));
    }

    /**
     * A {@code double}.
     *
     * @param name its name among the doubles
     * @param initial counts where the value is created; an existing one keeps what it has
     * @return a new object for it
     */
    public SharedDouble sharedDouble(String name, double initial) {
        return opened(
                new SharedDouble(cells(name, RegionKind.DOUBLE, 1, 0, Double.doubleToRawLongBits(initial), "double")));
    }

    /**
     * A {@code boolean}.
     *
     * @param name its name among the booleans
     * @param initial counts where the value is created; an existing one keeps what it has
     * @return a new object for it
     */
    public SharedBoolean sharedBoolean(String name, boolean initial) {
        return opened(new SharedBoolean(cells(name, RegionKind.BOOLEAN, 1, 0, initial ? 1 : 0, "boolean")));
    }

    /**
     * An array of {@code long}, of eight bytes an element.
     *
     * @param name its name among the arrays of longs
     * @param length elements, 1 to 2,147,483,647; all zero where the array is created
     * @return a new object for it
     * @throws IpcException if it was created with another length
     */
    public SharedLongArray longArray(String name, int length) {
        return new SharedLongArray(cells(name, RegionKind.LONG_ARRAY, length, 0, 0, "long"));
    }

    /**
     * An array of {@code int}, of eight bytes an element.
     *
     * @param name its name among the arrays of ints
     * @param length elements, 1 to 2,147,483,647; all zero where the array is created
     * @return a new object for it
     * @throws IpcException if it was created with another length
     */
    public SharedIntArray intArray(String name, int length) {
        return new SharedIntArray(cells(name, RegionKind.INT_ARRAY, length, Integer.SIZE, 0, "int"));
    }

    /**
     * An array of {@code double}, of eight bytes an element.
     *
     * @param name its name among the arrays of doubles
     * @param length elements, 1 to 2,147,483,647; all zero where the array is created
     * @return a new object for it
     * @throws IpcException if it was created with another length
     */
    public SharedDoubleArray doubleArray(String name, int length) {
        return new SharedDoubleArray(cells(name, RegionKind.DOUBLE_ARRAY, length, 0, 0, "double"));
    }

    private LongCells cells(String name, RegionKind kind, int length, int shift, long initial, String type) {
        requireRange("length", 1, MAX_ELEMENTS, length);
        return translated(() -> {
            // A number has a place to wait for its change, on cache lines of its own; an array has none.
            boolean single = !kind.isArray();
            long bodyBytes = single ? 128L + WaitPoint.BYTES : (long) length * Long.BYTES;
            MappedRegion region = region(name, kind, bodyBytes, created -> {
                created.setParameter(0, length);
                created.setParameter(1, initial);
                if (initial != 0) {
                    created.putLong(MappedRegion.HEADER_BYTES, initial << shift);
                }
            });
            requireSame(name, "length", length, region.parameter(0));
            region.requireBody(bodyBytes);
            ObjectLog log = log(Kind.VALUE, name, "type", type, "initial", Long.toString(region.parameter(1)));
            WaitPoint changed = single ? new WaitPoint(region, MappedRegion.HEADER_BYTES + 128, participants) : null;
            return new LongCells(region, length, shift, this, log, changed);
        });
    }

    /**
     * An array of bytes, for large data.
     *
     * @param name its name among the arrays of bytes
     * @param length bytes, 1 to 1,099,511,627,648; all zero where the array is created
     * @return a new object for it
     * @throws IpcException if it was created with another length
     */
    public SharedByteArray byteArray(String name, long length) {
        requireRange("length", 1, MappedRegion.MAX_BYTES - MappedRegion.HEADER_BYTES, length);
        return translated(() -> {
            MappedRegion region =
                    region(name, RegionKind.BYTE_ARRAY, length, created -> created.setParameter(0, length));
            requireSame(name, "length", length, region.parameter(0));
            region.requireBody(length);
            return new SharedByteArray(region, length, this);
        });
    }

    /**
     * A wide value, which is never read torn. It takes four times {@code maxBytes}.
     *
     * @param <T> what is shared
     * @param name its name among the wide values
     * @param codec the same in all processes
     * @param maxBytes the longest that an encoded value may be: 1 to 536,870,000
     * @return a new object for it
     * @throws IpcException if it was created with another {@code maxBytes}, or another codec, as far as {@link Codec}
     *     can tell
     */
    public <T> SharedValue<T> value(String name, Codec<T> codec, int maxBytes) {
        Objects.requireNonNull(codec, "codec");
        requireRange("maxBytes", 1, VersionedSlots.MAX_BYTES, maxBytes);
        return translated(() -> {
            MappedRegion region = region(name, RegionKind.VALUE, VersionedSlots.bodyBytes(maxBytes), created -> {
                created.setParameter(0, maxBytes);
                created.setParameter(3, codecCode(codec));
            });
            requireSame(name, "maxBytes", maxBytes, region.parameter(0));
            region.requireBody(VersionedSlots.bodyBytes(maxBytes));
            requireSame(name, "codec", codecCode(codec), region.parameter(3));
            ObjectLog log = log(Kind.VALUE, name, "type", "message", "initial", "0");
            VersionedSlots slots = new VersionedSlots(region, MappedRegion.HEADER_BYTES, maxBytes, participants);
            return new SharedValue<>(name, this, codec, slots, log);
        });
    }

    /**
     * A lock; the same object whenever this {@code Ipc} is asked for the same name.
     *
     * @param name its name among the locks
     * @return the one object for it
     */
    public SharedLock lock(String name) {
        ensureOpen();
        requireName(name);
        return locks.computeIfAbsent(
                name,
                key -> translated(() -> {
                    MappedRegion region = region(key, RegionKind.LOCK, 128L + WaitPoint.BYTES, created -> {});
                    region.requireBody(128L + WaitPoint.BYTES);
                    WaitPoint waiters = new WaitPoint(region, MappedRegion.HEADER_BYTES + 128, participants);
                    RobustLock word = new RobustLock(region, MappedRegion.HEADER_BYTES, participants, waiters);
                    return new SharedLock(key, this, word, log(Kind.LOCK, key));
                }));
    }

    /**
     * A semaphore, whose permits come back from processes that die with them.
     *
     * @param name its name among the semaphores
     * @param permits how many are free where it is created: 0 to 2,147,483,647; an existing one must have been created
     *     with as many
     * @return a new object for it
     * @throws IpcException if it was created with another number of permits
     */
    public SharedSemaphore semaphore(String name, int permits) {
        return translated(() -> SharedSemaphore.open(name, this, permits));
    }

    /**
     * A latch. One that has been brought down to zero stays there, also for processes of a later day in the same
     * namespace.
     *
     * @param name its name among the latches
     * @param count where it is created: 0 to 2,147,483,647; an existing one must have been created with as many
     * @return a new object for it
     * @throws IpcException if it was created with another count
     */
    public SharedLatch latch(String name, int count) {
        return translated(() -> SharedLatch.open(name, this, count));
    }

    /**
     * A flag, clear where it is created.
     *
     * @param name its name among the events
     * @return a new object for it
     */
    public SharedEvent event(String name) {
        return translated(() -> SharedEvent.open(name, this));
    }

    /**
     * A barrier.
     *
     * @param name its name among the barriers
     * @param parties how many threads meet: 1 to 4,096; an existing one must have been created for as many
     * @return a new object for it
     * @throws IpcException if it was created for another number
     */
    public SharedBarrier barrier(String name, int parties) {
        return translated(() -> SharedBarrier.open(name, this, parties));
    }

    /**
     * As {@link #awaitAny(Duration, Collection)}.
     *
     * @param timeout how long at most
     * @param those opened by this {@code Ipc}; at least one
     * @return those that are ready, in the order given; empty if the time is over
     * @throws InterruptedException if interrupted before or while waiting
     */
    public List<Waitable> awaitAny(Duration timeout, Waitable... those) throws InterruptedException {
        return awaitAny(timeout, List.of(those));
    }

    /**
     * Waits until at least one of them is ready, or at most so long: {@code multiprocessing.connection.wait}. It sleeps
     * on one doorbell for all of them, and takes nothing: a message is received afterwards, by a call that does not
     * wait ({@code poll}), because another process may have been faster. The death of a peer, which makes its pipe or
     * queue ready, is noticed within about 50 ms of waiting (200 ms, if it has waited for more than a second).
     *
     * @param <W> what they are
     * @param timeout how long at most
     * @param those opened by this {@code Ipc}; at least one
     * @return those that are ready, in the order given; empty if the time is over
     * @throws InterruptedException if interrupted before or while waiting
     * @throws IllegalArgumentException if there is none, or one of them is of another {@code Ipc}
     * @throws IllegalStateException if this {@code Ipc} is closed, or one of them is, before or meanwhile
     */
    public <W extends Waitable> List<W> awaitAny(Duration timeout, Collection<? extends W> those)
            throws InterruptedException {
        ensureOpen();
        return new AnyOf<W>(this, those).await(Deadline.in(Objects.requireNonNull(timeout, "timeout")));
    }

    /**
     * Records a transport of the user's own, so that the checks judge it: one call before each operation and one after.
     * Outside a run it records nothing and costs next to nothing.
     *
     * @param name what the history calls the transport
     * @param kind which contract the transport keeps
     * @return a new object for it
     */
    public Recorder recorder(String name, Kind kind) {
        ensureOpen();
        requireName(name);
        return translated(() -> new Recorder(name, kind, history));
    }

    /**
     * Whether the namespace asks for histories. It is asked once, when it is opened.
     *
     * @return whether operations are recorded
     */
    public boolean isRecording() {
        return history != null;
    }

    private ObjectLog log(Kind kind, String name, String... attributes) {
        return ObjectLog.open(history, participants.self(), identities, kind, name, attributes);
    }

    MappedRegion region(String name, RegionKind kind, long bodyBytes, Consumer<MappedRegion> setUp) {
        ensureOpen();
        requireName(name);
        return openOrCreate(name, kind, bodyBytes, setUp);
    }

    /** A region that belongs to another object; no name has a plus sign, so it is nobody else's. */
    MappedRegion regionOf(String owner, String part, RegionKind kind, long bodyBytes, Consumer<MappedRegion> setUp) {
        return openOrCreate(part == null ? owner : owner + "+" + part, kind, bodyBytes, setUp);
    }

    private MappedRegion openOrCreate(String name, RegionKind kind, long bodyBytes, Consumer<MappedRegion> setUp) {
        return participants.openOrCreate(home.resolve(kind.fileOf(name)), kind, bodyBytes, setUp);
    }

    static void requireName(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_NAME || !name.matches("[A-Za-z0-9_-][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("a name has 1 to " + MAX_NAME
                    + " characters from A-Z a-z 0-9 . _ - and does not begin with a dot: '" + name + "'");
        }
    }

    static void requireRange(String what, long least, long most, long found) {
        if (found < least || found > most) {
            throw new IllegalArgumentException(what + " must be from " + least + " to " + most + ": " + found);
        }
    }

    /** @param asked 0 if nothing was asked for */
    static void requireSame(String name, String what, long asked, long found) {
        if (asked != 0 && found != 0 && asked != found) {
            throw new IpcException("'" + name + "' was created with " + what + " " + text(what, found)
                    + ", and is opened with " + text(what, asked));
        }
    }

    /** As {@link #requireSame}, for what always has to be said. */
    static void requireCreatedWith(String name, String what, long asked, long found) {
        if (asked != found) {
            throw new IpcException(
                    "'" + name + "' was created with " + what + " " + found + ", and is opened with " + asked);
        }
    }

    private static String text(String what, long value) {
        if (!what.equals("codec")) {
            return Long.toString(value);
        }
        return CODECS.entrySet().stream()
                .filter(entry -> entry.getValue() == value)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("of number " + value);
    }

    private static final Map<String, Integer> CODECS =
            Map.of("INT", 1, "LONG", 2, "DOUBLE", 3, "BOOLEAN", 4, "STRING", 5, "BYTES", 6);

    /** 0 for a codec of the user's own, of which nothing is known. */
    private static int codecCode(Codec<?> codec) {
        return CODECS.getOrDefault(codec.toString(), 0);
    }

    private static <R> R translated(Supplier<R> work) {
        try {
            return work.get();
        } catch (RegionException e) {
            throw new IpcException(e);
        }
    }

    void ensureOpen() {
        if (closed) {
            throw new IllegalStateException("this Ipc is closed: " + home);
        }
    }

    /**
     * Gives up this participant: locks that it still holds are for others to take over, its ends of pipes are gone, its
     * queues have one producer less, permits and deliveries that it holds come back. Others notice it as they notice a
     * death. Threads that still wait in its objects throw {@link IllegalStateException}; it waits up to a second for
     * those that are in the middle of something. Closing twice does nothing.
     *
     * @throws IpcException if the participant's file or the history cannot be closed; the {@code Ipc} is closed all the
     *     same
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        closeNumbers();
        translated(() -> {
            try {
                participants.leave();
            } finally {
                if (history != null) {
                    history.close();
                }
            }
            return null;
        });
    }

    private <N extends SharedNumber> N opened(N number) {
        synchronized (numbers) {
            if (!closed) {
                numbers.add(number);
                number.open();
            }
        }
        return number;
    }

    private void closeNumbers() {
        synchronized (numbers) {
            numbers.forEach(SharedNumber::close);
            numbers.clear();
        }
    }

    boolean isClosed() {
        return closed;
    }

    Participants participants() {
        return participants;
    }
}
