package io.github.ipcharness.ipc.bench;

import io.github.ipcharness.ipc.Ipc;
import io.github.ipcharness.ipc.SharedLong;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A shared long against a bare VarHandle on the same kind of buffer, in one thread, by JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LongBench {

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int SIZE = 4096;
    private static final int AT = 256;

    private Scratch scratch;
    private Ipc ipc;
    private SharedLong ours;
    private ByteBuffer bare;

    @Setup
    public void open() throws Exception {
        scratch = new Scratch();
        ipc = Ipc.open(scratch.path());
        ours = ipc.sharedLong("bench", 0);
        bare = Mapped.file(scratch.path().resolve("bare"), SIZE);
    }

    @TearDown
    public void close() throws Exception {
        ipc.close();
        scratch.close();
    }

    @Benchmark
    public long getOurs() {
        return ours.get();
    }

    @Benchmark
    public long getBare() {
        return (long) LONGS.getVolatile(bare, AT);
    }

    @Benchmark
    public long addOurs() {
        return ours.getAndAdd(1);
    }

    @Benchmark
    public long addBare() {
        return (long) LONGS.getAndAdd(bare, AT, 1L);
    }

    /** Nanoseconds by the name of the method. */
    static Map<String, Double> run() throws Exception {
        Map<String, Double> nanos = new HashMap<>();
        OptionsBuilder options = new OptionsBuilder();
        options.include(LongBench.class.getName())
                .forks(3)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(5)
                .measurementTime(TimeValue.milliseconds(500))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        for (RunResult result : new Runner(options.build()).run()) {
            String name = result.getPrimaryResult().getLabel();
            // The middle: what else the machine does strikes single iterations, and hard.
            nanos.put(name, result.getPrimaryResult().getStatistics().getPercentile(50));
        }
        return nanos;
    }
}
