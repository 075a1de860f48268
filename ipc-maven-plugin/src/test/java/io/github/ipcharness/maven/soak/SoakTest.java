package io.github.ipcharness.maven.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.check.ObjectVerdict;
import io.github.ipcharness.maven.check.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * SIGKILL at random instants, again and again, of processes that use everything at once; judged by the checks that users
 * get. {@code -Dsoak.kills} and {@code -Dsoak.seed} choose how many and which; the profile {@code soak} kills ten times as
 * many.
 */
class SoakTest {

    private static final int KILLS_A_ROUND = 50;
    private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

    private Path root;
    private Launcher launcher;

    @BeforeEach
    void makeRoot() throws Exception {
        Path memory = Path.of("/dev/shm");
        root = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "ipc-soak-")
                : Files.createTempDirectory("ipc-soak-");
        launcher = new Launcher(root);
    }

    @AfterEach
    void deleteRoot() throws IOException {
        delete(root);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(directory)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path one : all) {
            Files.deleteIfExists(one);
        }
    }

    private Soak.Figures round(String kind, int kills, long seed) throws Exception {
        Path home = Files.createTempDirectory(root, "round-");
        try {
            return Soak.round(launcher, home, kind, kills, seed);
        } finally {
            delete(home);
        }
    }

    private static List<String> wrong(Soak.Figures figures) {
        return figures.verdicts().stream()
                .flatMap(object -> object.verdicts().stream()
                        .filter(verdict -> !(verdict instanceof Verdict.Passed))
                        .map(verdict -> object.kind() + " " + object.object() + ": " + verdict))
                .toList();
    }

    @Test
    void killsAtRandomInstantsHarmNothingButWhatWasInFlight() throws Exception {
        int kills = Integer.getInteger("soak.kills", 1_000);
        SplittableRandom seeds = new SplittableRandom(SEED);
        long start = System.nanoTime();
        int killed = 0;
        int inside = 0;
        long operations = 0;
        long pending = 0;
        long recovered = 0;
        for (int round = 0; killed < kills; round++) {
            Soak.Figures figures = round("sound", Math.min(KILLS_A_ROUND, kills - killed), seeds.nextLong());
            assertThat(wrong(figures))
                    .as("round %d of -Dsoak.seed=%d", round, SEED)
                    .isEmpty();
            assertThat(figures.verdicts().stream().map(ObjectVerdict::kind).distinct())
                    .as("what was judged in round %d of -Dsoak.seed=%d", round, SEED)
                    .containsExactlyInAnyOrder("queue", "pipe", "value", "lock");
            killed += figures.kills();
            inside += figures.inside();
            operations += figures.operations();
            pending += figures.pending();
            recovered += figures.recovered();
        }
        System.out.printf(
                "soak: %,d kills at random instants, %,d of them inside an operation; %,d operations judged, %,d of them"
                        + " never returned; %,d times a lock was taken over; %d s; -Dsoak.seed=%d%n",
                killed, inside, operations, pending, recovered, (System.nanoTime() - start) / 1_000_000_000, SEED);
        assertThat(killed).isEqualTo(kills);
        assertThat(inside).as("kills that struck inside an operation").isGreaterThan(kills / 2);
    }

    /** Else nobody would know whether a kill can show anything here. */
    @Test
    void aTransportThatAcknowledgesTooEarlyIsFound() throws Exception {
        Soak.Figures figures = round("leaky", 8, SEED);

        assertThat(wrong(figures))
                .as("-Dsoak.seed=%d", SEED)
                .anySatisfy(sentence -> assertThat(sentence).startsWith("queue leaky: Violated[loss: "));
    }
}
