package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written and read again is judged alike, word for word. */
class JsonRoundTripTest {

    private static final int HISTORIES = 300;

    private static Sample sample(String kind, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Device device = switch (kind) {
            case History.QUEUE -> QueueDevice.fifo(3);
            case History.PIPE -> new PipeDevice(random);
            case History.LOCK -> new LockDevice(random);
            default -> new ValueDevice(0, ValueRandomTest.everything());
        };
        Sample sample = Sample.of(kind, Mutation.of(Simulation.run(device, 3, 10, random), 2, random));
        return kind.equals(History.QUEUE) ? sample.bounded(3).toBeDrained() : sample;
    }

    @ParameterizedTest
    @ValueSource(strings = {History.QUEUE, History.PIPE, History.VALUE, History.LOCK})
    void judgedAlike(String kind) {
        Function<Sample, List<String>> before = sample -> List.of(sample.json(), verdict(sample.history()));
        Function<Sample, List<String>> after = sample -> {
            History again = Notation.read(sample.json()).get(0);
            return List.of(Sample.json(again), verdict(again));
        };

        assertThat(LongStream.range(0, HISTORIES).mapToObj(seed -> sample(kind, seed)))
                .allSatisfy(sample -> assertThat(after.apply(sample)).isEqualTo(before.apply(sample)));
    }
}
