package io.github.ipcharness.ipc.memory;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Who takes part in a namespace, and who of them is dead: the kernel says so, no clock and no process id.
 *
 * <p>Each participant has a number, never used twice in a namespace, and a file {@code participants/NUMBER} on which it
 * holds a lock for as long as it lives. A lock that can be taken means that its owner is gone; so does a file that is
 * not there. A process that is slow or frozen keeps its lock, so nobody overwrites what it is about to write.
 *
 * <p>Invariants: the number is published in shared words only after the lock is held. The file is opened once by its
 * owner; nobody in the same JVM ever opens it again, because closing any channel on a file drops the process's lock on
 * it. Two copies of this class in one JVM (two class loaders) know of each other by a system property, which names the
 * namespace by a number in it and not by its path, of which there may be several. A participant that is forgotten
 * without being closed lives on: the garbage collector does not decide who is dead.
 *
 * <p>Once a participant has left, none of its threads is inside a transport's lock, nor gets in: {@link #leave} says so
 * first and then looks at the locks, a thread takes a lock first and then looks whether it was said (Dekker 1965).
 *
 * <pre>
 *   participants/numbers   the last number given (32 bits) | who is removing the namespace, or 0 (32 bits)
 *   participants/7         while 7 lives: its process id, and the file of each region that it has opened, a line each
 * </pre>
 *
 * <p>A region's name is in its opener's file before the region is opened, and a participant's lock is held before it looks
 * whether the namespace is being removed: see {@link Removal} for the other halves.
 */
public final class Participants {

    /** No participant has this number: a word that holds it is free. */
    public static final int NOBODY = 0;

    static final String DIRECTORY = "participants";
    static final String NUMBERS = "numbers";
    private static final int NEXT_NUMBER = MappedRegion.HEADER_BYTES;
    /** A removal takes moments; one that was stopped in the middle may never end. */
    private static final long REMOVAL_PATIENCE_NANOS = 10_000_000_000L;

    private static final long LEAVE_PATIENCE_NANOS = 1_000_000_000;

    /** Keeps the channels, and so the locks, of participants that nobody refers to any more. */
    private static final Set<FileChannel> LIVING = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Set<String> opened = new HashSet<>();
    private final Set<Integer> dead = ConcurrentHashMap.newKeySet();
    private final Set<Long> ended = ConcurrentHashMap.newKeySet();
    private final int self;
    private final Bells bells;
    private final AtomicInteger unique = new AtomicInteger();
    private final Set<RobustLock> guarded = Collections.newSetFromMap(new WeakHashMap<>());
    private volatile boolean left;
    private MappedRegion numbers;
    private FileChannel channel;

    private Participants(Path directory, MappedRegion numbers) {
        this.directory = directory;
        this.self = NOBODY;
        this.bells = new Bells(directory.getParent(), self);
        this.numbers = numbers;
    }

    private Participants(Path directory) throws IOException {
        this.directory = directory;
        this.self = join();
        this.bells = new Bells(directory.getParent(), self);
    }

    /** Looks at the namespace in this directory from outside: takes no number, and changes nothing. */
    public static Participants look(Path namespace) {
        Path directory = namespace.resolve(DIRECTORY);
        return new Participants(directory, MappedRegion.openToLook(directory.resolve(NUMBERS)));
    }

    /** Takes a new number in the namespace that lies in this directory. */
    public static Participants join(Path namespace) {
        try {
            return Uninterruptibly.call("join", () -> {
                return new Participants(namespace.resolve(DIRECTORY));
            });
        } catch (RegionException e) {
            throw e;
        } catch (Exception e) {
            throw new RegionException("cannot take part in the namespace " + namespace + ": " + e, e);
        }
    }

    private int join() throws IOException {
        Backoff backoff = new Backoff();
        while (true) {
            // Each time anew: the namespace may have been removed in the meantime.
            PrivateFiles.ensureDirectory(directory.getParent());
            try {
                PrivateFiles.ensureDirectoryIn(directory.getParent(), directory);
                numbers = openNumbers(directory);
            } catch (RegionException e) {
                if (e.getCause() instanceof NoSuchFileException) {
                    continue;
                }
                throw e;
            }
            long last = numbers.getAndAddLong(NEXT_NUMBER, 1);
            CrashPoint.PARTICIPANT_NUMBERED.reach();
            if (removerIn(last) == NOBODY && join((int) last + 1)) {
                return (int) last + 1;
            }
            int remover = removerIn(numbers.getLongVolatile(NEXT_NUMBER));
            if (remover != NOBODY && !isAlive(remover)) {
                // It died in the middle: what it left of the namespace goes on.
                endRemoval(remover);
            } else {
                backoff.pause(Deadline.NEVER);
            }
        }
    }

    /** False if the number cannot be had, and another one is to be tried. */
    private boolean join(int number) throws IOException {
        Path file = file(number);
        boolean joined = false;
        FileChannel mine;
        try {
            mine = PrivateFiles.create(file);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            // The namespace was removed, and perhaps made anew, between the two looks.
            return false;
        }
        CrashPoint.PARTICIPANT_FILED.reach();
        try {
            FileLock lock = mine.tryLock();
            // Somebody who cleans up may have looked at the file before it was locked: then take another number.
            if (lock != null && Files.exists(file) && !isBeingRemoved()) {
                CrashPoint.PARTICIPANT_LOCKED.reach();
                String pid = ProcessHandle.current().pid() + "\n";
                mine.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
                System.setProperty(property(number), "alive");
                LIVING.add(mine);
                channel = mine;
                joined = true;
            }
            return joined;
        } finally {
            if (!joined) {
                Files.deleteIfExists(file);
                mine.close();
            }
        }
    }

    private static MappedRegion openNumbers(Path directory) {
        return MappedRegion.openOrCreate(
                directory.resolve(NUMBERS), RegionKind.PARTICIPANTS, Long.BYTES, NOBODY, region -> {});
    }

    // ---- removal of a namespace ----

    private static int removerIn(long word) {
        return (int) (word >>> Integer.SIZE);
    }

    private boolean isBeingRemoved() throws IOException {
        VarHandle.fullFence();
        return removerIn(numbers.getLongVolatile(NEXT_NUMBER)) != NOBODY || !numbers.hasItsName();
    }

    /** Lets nobody join any more; false if another one is removing the namespace already. */
    boolean beginRemoval() {
        while (true) {
            long word = numbers.getLongVolatile(NEXT_NUMBER);
            if (removerIn(word) != NOBODY) {
                return false;
            }
            if (numbers.compareAndSetLong(NEXT_NUMBER, word, word | (long) self << Integer.SIZE)) {
                return true;
            }
        }
    }

    /** Lets others join again. */
    void endRemoval() {
        endRemoval(self);
    }

    private void endRemoval(int remover) {
        while (true) {
            long word = numbers.getLongVolatile(NEXT_NUMBER);
            if (removerIn(word) != remover || numbers.compareAndSetLong(NEXT_NUMBER, word, word & 0xFFFF_FFFFL)) {
                return;
            }
        }
    }

    // ---- regions ----

    /** As {@link MappedRegion#openOrCreate}, and says in this participant's file that it has the region. */
    public MappedRegion openOrCreate(Path file, RegionKind kind, long bodyBytes, Consumer<MappedRegion> setUp) {
        note(file.getFileName().toString());
        long deadline = Deadline.in(REMOVAL_PATIENCE_NANOS);
        Backoff backoff = new Backoff();
        while (true) {
            MappedRegion region = MappedRegion.openOrCreate(file, kind, bodyBytes, self, setUp);
            VarHandle.fullFence();
            int remover = region.remover();
            if (remover == NOBODY) {
                if (!Futex.isAvailable()) {
                    region.renounceFutex();
                }
                return region;
            }
            if (!isAlive(remover)) {
                // It died in the middle; whether it came to take the name away is seen the next time.
                region.changeRemover(remover, NOBODY);
            } else if (!backoff.pause(deadline)) {
                throw new RegionException(
                        "is being removed by participant " + remover + ", which lives and has not come to"
                                + " an end in " + REMOVAL_PATIENCE_NANOS / 1_000_000_000 + " s: " + file);
            }
        }
    }

    private void note(String file) {
        synchronized (opened) {
            if (!opened.add(file)) {
                return;
            }
            try {
                Uninterruptibly.call("note", () -> {
                    long end = channel.size();
                    try {
                        channel.write(ByteBuffer.wrap((file + "\n").getBytes(StandardCharsets.US_ASCII)), end);
                    } catch (IOException e) {
                        channel.truncate(end);
                        throw e;
                    }
                    return null;
                });
            } catch (Exception e) {
                opened.remove(file);
                throw new RegionException("cannot write to " + file(self) + ": " + e, e);
            }
        }
    }

    /** The doorbells of this participant. */
    Bells bells() {
        return bells;
    }

    /** This process's number in the namespace; positive. */
    public int self() {
        return self;
    }

    /**
     * Whether the participant's process holds its lock. Costs a few system calls: ask while waiting, not before.
     *
     * @return false only if the process is gone, and for ever
     */
    public boolean isAlive(int number) {
        if (number == NOBODY || dead.contains(number)) {
            return false;
        }
        if (number == self || System.getProperty(property(number)) != null) {
            return true;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    boolean alive = holdsItsLock(number);
                    if (!alive) {
                        dead.add(number);
                    }
                    return alive;
                } catch (ClosedByInterruptException e) {
                    // It closed the channel of this probe and no other: a new probe, and the interrupt for later.
                    interrupted |= Thread.interrupted();
                }
            }
        } catch (IOException e) {
            throw new RegionException(
                    "cannot tell whether participant " + number + " lives: " + file(number) + ": " + e, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether {@link #isAlive} has said before that it is not; costs nothing. */
    boolean isKnownDead(int number) {
        return number == NOBODY || dead.contains(number);
    }

    private boolean holdsItsLock(int number) throws IOException {
        Path file = file(number);
        try (FileChannel theirs = PrivateFiles.open(file)) {
            // A shared lock: who is stopped just here must not look like the owner to others who ask.
            FileLock lock = theirs.tryLock(0, Long.MAX_VALUE, true);
            if (lock == null) {
                return true;
            }
            CrashPoint.PARTICIPANT_PROBING.reach();
            if (self != NOBODY) {
                Files.deleteIfExists(file);
            }
            return false;
        } catch (OverlappingFileLockException e) {
            // Another thread of this JVM is asking the same at this moment. It will know; ask again later.
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Whether the participant is of this JVM, which must not touch its file. */
    boolean isOfThisJvm(int number) {
        return System.getProperty(property(number)) != null;
    }

    /** Gives the number up: for everyone else this participant is dead from now on. */
    public void leave() {
        left = true;
        awaitOwnThreads();
        try {
            Uninterruptibly.call("leave", () -> {
                bells.close();
                CrashPoint.PARTICIPANT_LEAVING.reach();
                Files.deleteIfExists(file(self));
                CrashPoint.PARTICIPANT_UNFILED.reach();
                channel.close();
                return null;
            });
        } catch (Exception e) {
            throw new RegionException("cannot leave the namespace: " + file(self), e);
        } finally {
            LIVING.remove(channel);
            System.clearProperty(property(self));
        }
    }

    /** Whoever dies holding a lock gives it up; who merely leaves must not go on in what the next owner works on. */
    private void awaitOwnThreads() {
        List<RobustLock> locks;
        synchronized (guarded) {
            locks = List.copyOf(guarded);
        }
        long deadline = Deadline.in(LEAVE_PATIENCE_NANOS);
        for (RobustLock lock : locks) {
            while (lock.owner() == self && !Deadline.isOver(deadline)) {
                Thread.yield();
            }
        }
    }

    /** Whether {@link #leave} was called. */
    boolean hasLeft() {
        return left;
    }

    /** Makes {@link #leave} wait until no thread is inside this lock. */
    void guard(RobustLock lock) {
        synchronized (guarded) {
            guarded.add(lock);
        }
    }

    /** Remembers that this participant puts no more into the queue in the region of this id. */
    void noteEnded(long region) {
        ended.add(region);
    }

    boolean hasEnded(long region) {
        return ended.contains(region);
    }

    /** A number that no other participant has, nor this one again. */
    long nextUnique() {
        return (long) self << Integer.SIZE | unique.incrementAndGet() & 0xFFFF_FFFFL;
    }

    /** The participant that a {@link #nextUnique unique number} belongs to. */
    static int participantOf(long unique) {
        return (int) (unique >>> Integer.SIZE);
    }

    private Path file(int number) {
        return directory.resolve(Integer.toString(number));
    }

    private String property(int number) {
        return "io.github.ipcharness.participant." + number + "@" + Long.toHexString(numbers.id());
    }
}
