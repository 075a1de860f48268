package io.github.ipcharness.maven.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How fast the judge is, and how much memory it takes: generated histories, judged by the code of the goals, each time in
 * a new JVM, which is cold, as Maven's is.
 *
 * <p>Bytes for an operation: the least heap ({@code -Xmx}, to {@value #STEP} bytes an operation) with which the judging
 * ends, less {@value #FIXED_MEGABYTES} MiB for the JVM itself. The files are mapped and no part of the heap. Seconds are of
 * the wall, so they count what other work on the machine takes; those of the processor do not, but count the compiler and
 * the collector.
 */
public final class JudgeBench {

    private static final int FIXED_MEGABYTES = 24;
    private static final int STEP = 4;
    private static final int MOST = 256;
    /** As often has been judged before it is measured what a JVM takes that has loaded the classes. */
    private static final int WARM = 200;

    private static final String AMPLE = "1g";
    /** Below that, the JVM's own share is most of it. */
    private static final long LEAST_WEIGHED = 1_000_000;

    private record Subject(String name, String kind, Supplier<Generated> generator, String... attributes) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("queue", "queue", Generated.Queue::new, "capacity", Integer.toString(Generated.Queue.CAPACITY)),
            new Subject("register", "value", Generated.Register::new, "type", "long", "initial", "0"),
            new Subject("counter", "value", Generated.Counter::new, "type", "long", "initial", "0"));

    private final Path directory;

    private JudgeBench(Path directory) {
        this.directory = directory;
    }

    /** @param arguments a directory for the histories; then how many operations, 10^5, 10^6 and 10^7 by default */
    public static void main(String[] arguments) throws Exception {
        JudgeBench bench = new JudgeBench(Path.of(arguments[0]));
        List<Long> sizes = arguments.length > 1
                ? Stream.of(arguments).skip(1).map(Long::parseLong).toList()
                : List.of(100_000L, 1_000_000L, 10_000_000L);
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        System.out.printf(
                Locale.ROOT,
                "judging on %d processors, each time in a new JVM; load of the machine by other work: %.1f%n",
                system.getAvailableProcessors(),
                system.getSystemLoadAverage());
        System.out.println(
                "history      operations  seconds  (reading)  cpu s    ns/op  ns/(op log2 n)  heap bytes/op");
        for (Subject subject : SUBJECTS) {
            for (long size : sizes) {
                bench.measure(subject, size);
            }
        }
        bench.measureSwaps();
    }

    private void measure(Subject subject, long size) throws Exception {
        Path histories = fresh();
        subject.generator().get().write(histories, subject.kind(), size, subject.attributes());
        Child child = Child.judge(histories, "-Xmx" + AMPLE, 1);
        double perOperation = (double) child.nanos() / child.operations();
        System.out.printf(
                Locale.ROOT,
                "%-10s %,12d %8.2f %10.2f %6.2f %8.0f %15.1f %14s%n",
                subject.name(),
                child.operations(),
                child.nanos() / 1e9,
                child.readNanos() / 1e9,
                child.cpuNanos() / 1e9,
                perOperation,
                perOperation / (Math.log(child.operations()) / Math.log(2)),
                size < LEAST_WEIGHED ? "-" : leastHeap(histories, child.operations()));
    }

    private void measureSwaps() throws Exception {
        Path histories = fresh();
        new Generated.Swaps().write(histories, "value", 170, "type", "long", "initial", "0");
        Child cold = Child.judge(histories, "-Xmx" + AMPLE, 1);
        Child warm = Child.judge(histories, "-Xmx" + AMPLE, WARM);
        System.out.printf(
                Locale.ROOT,
                "compare-and-set log of repeated values, by search: %d operations in %.1f ms,"
                        + " in a new JVM %.0f ms, most of which loads classes%n",
                cold.operations(),
                warm.nanos() / 1e6,
                cold.nanos() / 1e6);
    }

    private int leastHeap(Path histories, long operations) throws Exception {
        int low = 0;
        int high = MOST / STEP;
        while (low < high) {
            int middle = (low + high) / 2;
            long bytes = ((long) FIXED_MEGABYTES << 20) + middle * STEP * operations;
            if (Child.judge(histories, "-Xmx" + bytes, 1) != null) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low * STEP;
    }

    private Path fresh() throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }
}
