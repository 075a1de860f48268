package io.github.ipcharness.ipc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.Codec;
import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLongArray;
import io.github.ipcharness.ipc.crash.Journal.Word;
import io.github.ipcharness.ipc.history.HistoryReader;
import io.github.ipcharness.ipc.history.Operation;
import io.github.ipcharness.ipc.history.Outcome;
import io.github.ipcharness.ipc.memory.CrashPoint;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares what the players were told with what came of it. */
final class Judge {

    /** A taker that is killed there has taken nothing that it has not handed out. */
    private static final Set<CrashPoint> NOTHING_TAKEN = EnumSet.of(
            CrashPoint.LOCK_TAKEN,
            CrashPoint.LOCK_TAKEN_OVER,
            CrashPoint.PARTICIPANT_PROBING,
            CrashPoint.TAKE_TAIL_SEEN,
            CrashPoint.TAKE_READ,
            CrashPoint.BELL_HUNG,
            CrashPoint.SLEEPER_ENTERED,
            CrashPoint.SLEEPER_ASKED,
            CrashPoint.SLEEPER_WOKE,
            CrashPoint.HISTORY_GROWN,
            CrashPoint.HISTORY_KEPT,
            CrashPoint.HISTORY_SLOT_FREED,
            CrashPoint.HISTORY_FILLED,
            CrashPoint.HISTORY_BEGUN);

    private Judge() {}

    static void judge(Stage stage, Play play, boolean recorded) throws Exception {
        List<Player> players = stage.players();
        switch (play) {
            case QUEUE, CROWDED_QUEUE -> judgeQueue(players);
            case PIPE -> judgePipe(players);
            case VALUE -> judgeValues(stage.home(), players);
            case LOCK -> judgeLock(stage.home(), players);
            case FOUNDING -> judgeFounding(stage.home(), players);
        }
        if (recorded) {
            judgeHistories(stage.home(), players);
        }
    }

    private static boolean isSender(Player player) {
        return player.role() == Role.PUTTER || player.role() == Role.PASSER;
    }

    /**
     * Each message that was acknowledged has come out once and whole; of those in flight in a killed process, a first
     * part; and what one sender has put came out in that order.
     */
    static void judgeQueue(List<Player> players) {
        Map<Integer, Player> senders = new HashMap<>();
        Map<Integer, boolean[]> received = new HashMap<>();
        for (Player player : players) {
            if (isSender(player)) {
                senders.put(player.id(), player);
                received.put(player.id(), new boolean[(int) player.get(Word.BEGUN) + 1]);
            }
        }
        long mayBeLost = 0;
        for (Player taker : players) {
            if (taker.role() != Role.TAKER) {
                continue;
            }
            if (taker.isKilled() && !NOTHING_TAKEN.contains(taker.killedAt())) {
                mayBeLost += taker.get(Word.TAKING);
            }
            Map<Long, Long> last = new HashMap<>();
            for (long value : taker.journal().entries()) {
                require(senders.containsKey(Sealed.sender(value)), "nobody has sent it", value, taker);
                boolean[] seen = received.get(Sealed.sender(value));
                long sequence = Sealed.sequence(value);
                require(sequence >= 1 && sequence < seen.length, "it was never begun to be sent", value, taker);
                require(!seen[(int) sequence], "twice", value, taker);
                seen[(int) sequence] = true;
                Long before = last.put(Sealed.stream(value), sequence);
                require(before == null || before < sequence, "after message " + before, value, taker);
            }
        }
        long lost = 0;
        StringBuilder missing = new StringBuilder();
        for (Player sender : senders.values()) {
            boolean[] seen = received.get(sender.id());
            long acknowledged = sender.get(Word.ACKNOWLEDGED);
            assertThat(sender.isKilled() || acknowledged >= seen.length - 2)
                    .as("only one message is in flight, of " + sender)
                    .isTrue();
            for (int i = 1; i <= acknowledged; i++) {
                if (!seen[i]) {
                    lost++;
                    missing.append("\n  ").append(Sealed.describe(Sealed.value(sender.id(), 0, i)));
                }
            }
            // A putAll is done in steps: one that was cut short may have done the first of them, and nothing after.
            for (int i = (int) acknowledged + 2; i < seen.length && lost == 0; i++) {
                assertThat(!seen[i] || seen[i - 1])
                        .as("message " + i + " without the one before, of " + sender)
                        .isTrue();
            }
        }
        assertThat(lost)
                .as("messages lost, where " + mayBeLost + " may be: " + missing + "\n" + players)
                .isLessThanOrEqualTo(mayBeLost);
    }

    private static void require(boolean holds, String otherwise, long value, Player by) {
        if (!holds) {
            throw new AssertionError(Sealed.describe(value) + ": " + otherwise + ", by " + by);
        }
    }

    /**
     * What one sent in a generation arrives in order, without a gap, from the first on; and all that was acknowledged,
     * unless who received it was killed.
     */
    static void judgePipe(List<Player> players) {
        Map<Long, Long> received = new HashMap<>();
        int killed = 0;
        for (Player player : players) {
            killed += player.isKilled() ? 1 : 0;
            for (long value : player.journal().entries()) {
                if (PipeRoles.isEnded(value)) {
                    continue;
                }
                long before = received.merge(Sealed.stream(value), Sealed.sequence(value), (old, now) -> {
                    require(now == old + 1, "after message " + old, value, player);
                    return now;
                });
                require(before >= Sealed.sequence(value), "not the first", value, player);
            }
        }
        int cutShort = 0;
        for (Player player : players) {
            int generation = 0;
            for (long value : player.journal().entries()) {
                if (PipeRoles.isEnded(value)) {
                    generation++;
                    cutShort += isCutShort(player, generation, Sealed.sequence(value), received) ? 1 : 0;
                }
            }
            if (player.isKilled() && player.get(Word.GENERATION) > generation) {
                generation++;
                long arrived = received.getOrDefault(Sealed.value(player.id(), generation, 0), 0L);
                assertThat(arrived)
                        .as("all that was acknowledged before the kill, and nothing that was not begun, of " + player)
                        .isBetween(player.get(Word.ACKNOWLEDGED), player.get(Word.BEGUN));
            }
        }
        assertThat(cutShort)
                .as("generations in which messages were lost: only with their receiver: " + players)
                .isLessThanOrEqualTo(killed);
    }

    private static boolean isCutShort(Player player, int generation, long acknowledged, Map<Long, Long> received) {
        long arrived = received.getOrDefault(Sealed.value(player.id(), generation, 0), 0L);
        // One that was begun and not acknowledged was refused, or timed out, and surely not sent.
        assertThat(arrived)
                .as("nothing arrives that was not sent, of " + player)
                .isLessThanOrEqualTo(acknowledged);
        return arrived < acknowledged;
    }

    static void judgeValues(Path home, List<Player> players) {
        try (Ipc ipc = Ipc.open(home)) {
            Long updated = ipc.value(ValueRoles.UPDATED, Codec.LONG, Long.BYTES).get();
            assertBetween(ipc.sharedLong(ValueRoles.NUMBER, 0).get(), players, Word.ADDS_ACKNOWLEDGED, Word.ADDS_BEGUN);
            assertBetween(updated == null ? 0 : updated, players, Word.UPDATES_ACKNOWLEDGED, Word.UPDATES_BEGUN);
            byte[] newest = ipc.value(ValueRoles.WIDE, Codec.BYTES, ValueRoles.MAX_BYTES)
                    .get();
            if (newest != null) {
                long value = Sealed.open(newest);
                Player writer = players.stream()
                        .filter(player -> player.id() == Sealed.sender(value))
                        .findAny()
                        .orElseThrow();
                assertThat(Sealed.sequence(value))
                        .as("the newest is its writer's last: " + writer)
                        .isBetween(writer.get(Word.WRITES_ACKNOWLEDGED), writer.get(Word.WRITES_BEGUN));
            }
        }
    }

    private static void assertBetween(long found, List<Player> players, Word least, Word most) {
        assertThat(found)
                .as("what was acknowledged has happened, and nothing that was not begun: " + players)
                .isBetween(sum(players, least), sum(players, most));
    }

    private static long sum(List<Player> players, Word word) {
        return players.stream().mapToLong(player -> player.get(word)).sum();
    }

    /** Who is killed with the lock is told to exactly one of the others; who is not, to nobody. */
    static void judgeLock(Path home, List<Player> players) {
        try (Ipc ipc = Ipc.open(home)) {
            SharedLongArray guarded = ipc.longArray(LockRoles.GUARDED, 3);
            assertBetween(guarded.get(LockRoles.FIRST), players, Word.LOCKINGS, Word.LOCKINGS_BEGUN);
            assertBetween(guarded.get(LockRoles.TRIED), players, Word.ADDS_ACKNOWLEDGED, Word.ADDS_BEGUN);
        }
        long killed = players.stream().filter(Player::isKilled).count();
        long killedHolding = players.stream()
                .filter(Player::isKilled)
                .mapToLong(player -> player.get(Word.HOLDING))
                .sum();
        assertThat(sum(players, Word.RECOVERIES)).as("recoveries: " + players).isBetween(killedHolding, killed);
    }

    /** In each namespace that was founded, everybody has counted once, whoever was killed while it was made. */
    static void judgeFounding(Path home, List<Player> players) {
        Map<Long, Long> founders = new HashMap<>();
        for (Player player : players) {
            for (long round : player.journal().entries()) {
                founders.merge(round, 1L, Long::sum);
            }
        }
        long killed = players.stream().filter(Player::isKilled).count();
        founders.forEach((round, count) -> {
            try (Ipc ipc = Ipc.open(FounderRoles.home(home, round))) {
                assertThat(ipc.sharedLong("n", 0).get())
                        .as("founders of round " + round + ": " + players)
                        .isBetween(count, count + killed);
            }
        });
    }

    /** Every history can be read; it has what was acknowledged, and is pending in nothing but what was in flight. */
    static void judgeHistories(Path home, List<Player> players) throws Exception {
        Map<String, Long> counts = new HashMap<>();
        Path histories = home.resolve("histories");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(histories, "*.history")) {
            for (Path file : files) {
                HistoryReader reader = HistoryReader.open(file);
                while (reader.next()) {
                    counts.merge(reader.operation() + " " + reader.outcome(), 1L, Long::sum);
                }
            }
        }
        long killed = players.stream().filter(Player::isKilled).count();
        long pending = counts.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" " + Outcome.PENDING))
                .mapToLong(Map.Entry::getValue)
                .sum();
        long inFlight = players.stream()
                .filter(Player::isKilled)
                .mapToLong(player -> 1
                        + Math.max(0, player.get(Word.BEGUN) - player.get(Word.ACKNOWLEDGED))
                        + player.get(Word.TAKING))
                .sum();
        assertThat(pending).as("pending: " + counts + players).isLessThanOrEqualTo(inFlight);
        Predicate<Player> isSender = Judge::isSender;
        long acknowledged = players.stream()
                .filter(isSender)
                .mapToLong(player -> player.get(Word.ACKNOWLEDGED))
                .sum();
        long begun = players.stream()
                .filter(isSender)
                .mapToLong(player -> player.get(Word.BEGUN))
                .sum();
        assertThat(counts.getOrDefault(Operation.PUT + " " + Outcome.OK, 0L))
                .as("puts: " + counts + players)
                .isBetween(acknowledged, begun);
        long received = players.stream()
                .filter(player -> player.role() == Role.TAKER)
                .mapToLong(player -> player.get(Word.ENTRIES))
                .sum();
        assertThat(counts.getOrDefault(Operation.GET + " " + Outcome.OK, 0L))
                .as("gets: " + counts + players)
                .isBetween(received, received + killed * 16);
    }
}
