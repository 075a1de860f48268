package io.github.ipcharness.ipc.crash;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.IpcQueue;
import io.github.ipcharness.ipc.QueueOptions;
import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.memory.CrashPoint;
import io.github.ipcharness.ipc.memory.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A namespace of its own in which one play is played once, with what every player has written down about it. */
final class Stage implements AutoCloseable {

    /** How long anything may take before the test gives up: only a hang reaches it. */
    private static final long LIMIT_NANOS = 120_000_000_000L;

    /** As many as a queue has places for senders. */
    private static final int CROWD = 256;

    /** The id of the test itself. */
    static final int ANCHOR = 0;

    private final Path directory;
    private final Path home;
    private final Play play;
    private final Random random;
    private final boolean patient;
    private final List<Player> players = new ArrayList<>();
    private Ipc anchor;
    private IpcQueue<byte[]> queue;

    /** @param patient whether calls without a timeout are made while the victim is dead or frozen */
    Stage(Play play, boolean recorded, boolean patient, Random random) throws Exception {
        this.play = play;
        this.random = random;
        this.patient = patient;
        Path shm = Path.of("/dev/shm");
        this.directory = Files.isWritable(shm)
                ? Files.createTempDirectory(shm, "ipc-crash-")
                : Files.createTempDirectory("ipc-crash-");
        this.home = directory.resolve("home");
        if (recorded) {
            PrivateFiles.ensureDirectory(home);
            PrivateFiles.ensureDirectory(home.resolve("histories"));
        }
        if (play.isQueue()) {
            openQueue();
        }
    }

    /** Keeps the stream from ending before its time, and puts the first message, so that there is one to take. */
    private void openQueue() throws Exception {
        boolean crowded = play == Play.CROWDED_QUEUE;
        // The crowd, with the test's own sender, then the putter among the others and the victim.
        QueueOptions options = crowded ? QueueRoles.SMALL.withProducers(CROWD + 2) : QueueRoles.SMALL;
        anchor = Ipc.open(home);
        queue = anchor.queue(QueueRoles.QUEUE, Codec.BYTES, options);
        Journal journal = journal("anchor");
        journal.set(Word.BEGUN, 1);
        queue.put(Sealed.seal(Sealed.value(ANCHOR, 0, 1), 8));
        journal.set(Word.ACKNOWLEDGED, 1);
        journal.set(Word.STATE, Journal.OVER);
        players.add(new Player(Role.PUTTER, ANCHOR, journal, null, null));
        for (int i = 1; crowded && i < CROWD; i++) {
            try (Ipc ipc = Ipc.open(home)) {
                ipc.queue(QueueRoles.QUEUE, Codec.BYTES).endOfStream();
            }
        }
    }

    private Journal journal(String name) {
        return Journal.open(directory.resolve(name));
    }

    Path home() {
        return home;
    }

    List<Player> players() {
        return players;
    }

    /** Lets one in who lives on. */
    Player enter(Role role, Actor actor) {
        return enter(role, actor, null, 0, "");
    }

    /**
     * Lets one in who will be killed, or frozen.
     *
     * @param killedAt the point at which it will be killed, or null if it will not
     * @param crash a plan for the crash points of its process
     */
    Player enterVictim(Role role, Actor actor, CrashPoint killedAt, String crash) {
        // A founder goes ahead of the others, who will catch up: who comes later founds nothing.
        long round = role != Role.FOUNDER
                ? 0
                : 40
                        + players.stream()
                                .mapToLong(player -> player.get(Word.GENERATION))
                                .max()
                                .orElse(0);
        return enter(role, actor, killedAt, round, crash);
    }

    /** Lets one in who takes the part of a victim that was killed; a founder, where that one was. */
    Player enterSuccessor(Player victim, Actor actor) {
        return enter(
                play.successor(), actor, null, victim.role() == Role.FOUNDER ? victim.get(Word.GENERATION) : 0, "");
    }

    private Player enter(Role role, Actor actor, CrashPoint killedAt, long round, String crash) {
        int id = players.size() + 1;
        Journal journal = journal(role + "-" + id);
        journal.set(Word.GENERATION, round);
        Player player = new Player(role, id, journal, actor, killedAt);
        players.add(player);
        boolean isVictim = !crash.isEmpty();
        actor.play(role, home, id, journal, patient || isVictim, random.nextLong(), isVictim ? crash : Actor.NO_CRASH);
        return player;
    }

    /** Lets the others in, spread over these processes. */
    List<Player> enterOthers(List<Actor> actors) {
        List<Player> others = new ArrayList<>();
        for (Role role : play.others()) {
            others.add(enter(role, actors.get(others.size() / 2 % actors.size())));
        }
        return others;
    }

    /** Waits until it is so, as long as nobody has failed. */
    void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (!condition.getAsBoolean()) {
            players.forEach(Player::requireWell);
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("never came true: " + what + this);
            }
            Thread.sleep(1);
        }
        players.forEach(Player::requireWell);
    }

    /** Waits until each of them has so many more of these. */
    void awaitMore(String what, List<Player> of, Word word, long more) throws InterruptedException {
        List<Long> before = of.stream().map(player -> player.get(word)).collect(Collectors.toList());
        await(what, () -> {
            for (int i = 0; i < of.size(); i++) {
                if (!of.get(i).isOver() && of.get(i).get(word) < before.get(i) + more) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Ends the play, and waits until all who live have come to their end. */
    void end() throws Exception {
        for (Player player : players) {
            // End B of a pipe goes on until end A says so.
            if (player.role() != Role.PIPE_B) {
                player.journal().set(Word.STOP, 1);
            }
        }
        if (queue != null) {
            queue.endOfStream();
        }
        await("all come to an end", () -> players.stream().allMatch(player -> player.isKilled() || player.isOver()));
        if (anchor != null) {
            anchor.close();
        }
    }

    @Override
    public String toString() {
        return players.stream().map(player -> "\n  " + player).collect(Collectors.joining());
    }

    @Override
    public void close() throws IOException {
        if (anchor != null) {
            anchor.close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
