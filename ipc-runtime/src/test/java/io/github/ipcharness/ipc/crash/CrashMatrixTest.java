package io.github.ipcharness.ipc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.NativeAccess;
import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.memory.CrashPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A real process is killed, and then another one frozen, at every {@link CrashPoint} that its program reaches. The others
 * go on: nothing is lost, doubled or torn but the one operation in flight, and nobody waits for longer than it said.
 *
 * <p>Which program reaches which points is found out first, by playing each once; so a new point is killed at by itself,
 * and one that no program reaches fails the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixTest {

    /** What each of the others must get done after a kill, and while the victim is frozen. */
    private static final long MANY = 500;

    private static final long SOME = 100;

    /** What a play is given to reach its points, each of which is reached again and again. */
    private static final long REHEARSAL = 1500;

    private static final int MOST_HITS = 20;

    /** Also says how long each trial took. */
    private static final boolean VERBOSE = Boolean.getBoolean("ipc.crash.verbose");

    /** The trials to run, to look into one of them: {@code kill PIPE at PUT.*}. */
    private static final String ONLY = System.getProperty("ipc.crash.only", ".*");

    private final long seed = Long.getLong("ipc.crash.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<Cast, Map<CrashPoint, Long>> reached = new EnumMap<>(Cast.class);
    private final List<Actor> others = new ArrayList<>();
    private final Deque<Actor> spares = new ArrayDeque<>();
    private Actor frozen;

    @BeforeAll
    void rehearse() throws Exception {
        System.out.println("crash matrix: -Dipc.crash.seed=" + seed);
        others.add(Actor.start());
        others.add(Actor.start());
        frozen = Actor.victim();
        for (Cast cast : Cast.values()) {
            long start = System.nanoTime();
            reached.put(cast, cast.isHeir() ? inherited(cast) : rehearsed(cast));
            say("rehearsal of " + cast + ", " + reached.get(cast), start);
        }
    }

    @AfterAll
    void close() {
        others.forEach(Actor::close);
        spares.forEach(Actor::close);
        frozen.close();
    }

    private static Map<CrashPoint, Long> inherited(Cast cast) {
        Map<CrashPoint, Long> hits = new EnumMap<>(CrashPoint.class);
        cast.inherited().forEach(point -> hits.put(point, 1L));
        return hits;
    }

    private Map<CrashPoint, Long> rehearsed(Cast cast) throws Exception {
        try (Stage stage = new Stage(cast.play(), cast.isRecorded(), true, random)) {
            List<Player> others = stage.enterOthers(this.others);
            Player player = stage.enterVictim(cast.role(), frozen, null, Actor.NO_CRASH);
            stage.await("the rehearsal of " + cast, () -> player.get(Word.DEEDS) >= rehearsal(cast));
            stage.end();
            assertThat(others).allMatch(Player::isOver);
            Judge.judge(stage, cast.play(), cast.isRecorded());
            Map<CrashPoint, Long> hits = new EnumMap<>(CrashPoint.class);
            for (CrashPoint point : CrashPoint.values()) {
                if (player.journal().hits(point) > 0 && cast.isFor(point)) {
                    hits.put(point, player.journal().hits(point));
                }
            }
            return hits;
        }
    }

    private static long rehearsal(Cast cast) {
        return cast.role() == Role.FOUNDER || cast.role() == Role.PASSER ? REHEARSAL / 30 : REHEARSAL;
    }

    @Test
    void everyPointIsReachedBySomebody() {
        Set<CrashPoint> missing = EnumSet.allOf(CrashPoint.class);
        reached.values().forEach(points -> missing.removeAll(points.keySet()));
        // Who has a futex sleeps without a bell.
        assertThat(missing)
                .isEqualTo(
                        NativeAccess.isEnabled() ? EnumSet.of(CrashPoint.BELL_HUNG) : EnumSet.noneOf(CrashPoint.class));
    }

    private interface Trial {
        void run(Cast cast, CrashPoint point, long hit) throws Exception;
    }

    private Stream<DynamicTest> matrix(String what, Trial trial) {
        List<DynamicTest> trials = new ArrayList<>();
        reached.forEach((cast, points) -> points.forEach((point, hits) -> {
            // A victim goes on until it is hit, but the test shall not wait for what seldom happens.
            long hit = 1 + random.nextInt((int) Math.max(1, Math.min(MOST_HITS, hits / 4)));
            String name = what + " " + cast + " at " + point + ", hit " + hit;
            if (!name.matches(ONLY)) {
                return;
            }
            trials.add(DynamicTest.dynamicTest(name, () -> {
                long start = System.nanoTime();
                trial.run(cast, point, hit);
                say(name, start);
            }));
        }));
        System.out.println("crash matrix: " + what + " at " + CrashPoint.values().length + " points, " + trials.size()
                + " trials");
        return trials.stream();
    }

    private static void say(String what, long start) {
        if (VERBOSE) {
            System.out.println((System.nanoTime() - start) / 1_000_000 + " ms: " + what);
        }
    }

    @TestFactory
    Stream<DynamicTest> killed() {
        return matrix("kill", this::kill);
    }

    /** A process that waits for its part, while the next one starts up. */
    private Actor spare() {
        while (spares.size() < 2) {
            spares.add(Actor.victim());
        }
        return spares.remove();
    }

    private void kill(Cast cast, CrashPoint point, long hit) throws Exception {
        try (Stage stage = new Stage(cast.play(), cast.isRecorded(), true, random)) {
            List<Player> survivors = new ArrayList<>();
            if (cast.othersComeFirst()) {
                survivors.addAll(enterOthers(stage));
            }
            if (cast.isHeir()) {
                killOne(stage, cast.firstVictim(), cast.firstPoint(), 1);
            }
            Player victim = killOne(stage, cast.role(), point, hit);
            if (!cast.othersComeFirst()) {
                survivors.addAll(enterOthers(stage));
            }
            if (cast.play().successor() != null) {
                survivors.add(stage.enterSuccessor(victim, others.get(1)));
            }
            stage.awaitMore("the others go on", survivors, Word.DEEDS, many(cast));
            stage.end();
            Judge.judge(stage, cast.play(), cast.isRecorded());
        }
    }

    private static long many(Cast cast) {
        return cast.play() == Play.FOUNDING ? MANY / 50 : MANY;
    }

    private static long some(Cast cast) {
        return cast.play() == Play.FOUNDING ? SOME / 50 : SOME;
    }

    private List<Player> enterOthers(Stage stage) throws Exception {
        List<Player> entered = stage.enterOthers(others);
        stage.awaitMore("the others have begun", entered, Word.CALLS, 1);
        return entered;
    }

    private Player killOne(Stage stage, Role role, CrashPoint point, long hit) throws Exception {
        try (Actor actor = spare()) {
            Player victim = stage.enterVictim(role, actor, point, point + ":" + hit + ":halt");
            stage.await("the victim is killed", () -> !actor.isAlive());
            return victim;
        }
    }

    @TestFactory
    Stream<DynamicTest> frozen() {
        return matrix("freeze", this::freeze);
    }

    private void freeze(Cast cast, CrashPoint point, long hit) throws Exception {
        boolean done = false;
        try (Stage stage = new Stage(cast.play(), cast.isRecorded(), false, random)) {
            List<Player> survivors = new ArrayList<>();
            if (cast.othersComeFirst()) {
                survivors.addAll(enterOthers(stage));
            }
            if (cast.isHeir()) {
                killOne(stage, cast.firstVictim(), cast.firstPoint(), 1);
            }
            Player victim = stage.enterVictim(cast.role(), frozen, null, point + ":" + hit + ":freeze");
            stage.await("the victim is frozen", frozen::isStopped);
            if (!cast.othersComeFirst()) {
                survivors.addAll(stage.enterOthers(others));
            }
            List<Player> free = survivors.stream()
                    .filter(player -> !cast.play().mayStandStill(player.role(), point))
                    .toList();
            // Held up by what the victim holds, calls come back when their time is over; else they get something done.
            if (cast.play().isAtAStandstill(point)) {
                stage.awaitMore("calls return while the victim is frozen", free, Word.CALLS, SOME / 10);
            } else {
                stage.awaitMore("the others go on while the victim is frozen", free, Word.DEEDS, some(cast));
            }
            assertThat(frozen.isStopped()).isTrue();
            frozen.wake();
            survivors.add(victim);
            stage.awaitMore("all go on when the victim is awake", survivors, Word.DEEDS, many(cast) / 5);
            stage.end();
            Judge.judge(stage, cast.play(), cast.isRecorded());
            done = true;
        } finally {
            if (!done) {
                frozen.close();
                frozen = Actor.victim();
            }
        }
    }
}
