package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.ipc.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The operations that a violation points at are a violation by themselves, of the same kind.
 *
 * <p>Not so where a search decides (values written again, adds that never returned): it says where it got stuck.
 */
class WitnessRandomTest {

    private static final int HISTORIES = 10_000;
    private static final String BY_SEARCH = "fits no order";

    private static void assertProofs(LongFunction<Sample> make, String... checks) {
        Set<String> wanted = Set.of(checks);
        assertThat(LongStream.range(0, HISTORIES)
                        .parallel()
                        .mapToObj(make)
                        .map(sample -> unproven(sample, wanted))
                        .flatMap(Optional::stream)
                        .findAny())
                .isEmpty();
    }

    private static Optional<String> unproven(Sample sample, Set<String> wanted) {
        for (Verdict verdict : sample.judged(Guarantee.LINEARIZABLE).verdicts()) {
            if (verdict instanceof Verdict.Violated violated
                    && wanted.contains(violated.check())
                    && !violated.sentence().contains(BY_SEARCH)) {
                ObjectVerdict proof = sample.only(violated.witness()).judged(Guarantee.LINEARIZABLE);
                if (proof.verdicts().stream().noneMatch(found -> isSame(found, violated))) {
                    return Optional.of(violated + " in\n" + sample.json() + "is not proven: " + proof.verdicts());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isSame(Verdict found, Verdict.Violated violated) {
        return found instanceof Verdict.Violated && kind(found.check()).equals(kind(violated.check()));
    }

    /** Without what came before, a lock that overlaps another may look as if it were taken over. */
    private static String kind(String check) {
        return check.equals("takeover") ? "mutual exclusion" : check;
    }

    @Test
    void ofQueues() {
        assertProofs(QueueRandomTest::sample, "invented", "duplicate", "order", "empty");
    }

    @Test
    void ofQueuesThatHadToBeDrained() {
        assertProofs(seed -> QueueRandomTest.sample(seed).toBeDrained(), "loss");
    }

    @Test
    void ofBoundedQueues() {
        assertProofs(BoundedQueueRandomTest::sample, "capacity", "full");
    }

    @Test
    void ofPipes() {
        assertProofs(WitnessRandomTest::pipe, "duplicate", "order", "empty", "reflected", "end of stream");
    }

    /** With one process at each end, for that an end is not gone takes all its processes to prove. */
    private static Sample pipe(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Op> ops = Simulation.run(new PipeDevice(random), 2, random.nextInt(3, 13), random);
        return Sample.of(History.PIPE, Mutation.of(ops, random.nextInt(3), random));
    }

    @Test
    void ofRegisters() {
        assertProofs(
                seed -> withoutRepeatedWrites(ValueRandomTest.sample(seed, ValueRandomTest::register)),
                "torn",
                "stale read");
    }

    private static Sample withoutRepeatedWrites(Sample sample) {
        Set<Long> written = new HashSet<>(Set.of(sample.initial()));
        return sample.with(sample.ops().stream()
                .filter(op -> op.operation() != Operation.WRITE || written.add(op.value()))
                .toList());
    }

    @Test
    void ofCounters() {
        assertProofs(
                seed -> withoutPendingAdds(ValueRandomTest.sample(seed, ValueRandomTest::counter)),
                "lost update",
                "torn");
    }

    private static Sample withoutPendingAdds(Sample sample) {
        return sample.with(sample.ops().stream()
                .filter(op -> op.operation() != Operation.ADD || !op.isPending())
                .toList());
    }

    @Test
    void ofLocks() {
        assertProofs(WitnessRandomTest::lock, "mutual exclusion", "takeover");
    }

    /** Who gives a lock back has got it before, and nobody died asking. It may be taken over from one who lives. */
    private static Sample lock(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Op> ops = Simulation.run(new LockDevice(random), 3, random.nextInt(3, 11), random);
        return Sample.of(
                History.LOCK, ops.stream().filter(op -> !isPendingLock(op)).toList());
    }

    private static boolean isPendingLock(Op op) {
        return op.operation() == Operation.LOCK && op.isPending();
    }
}
