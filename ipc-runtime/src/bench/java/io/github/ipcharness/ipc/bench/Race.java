package io.github.ipcharness.ipc.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * Ours and its peers, in one run on one machine, two processes each: prints a table. What it measures, and how, stands in
 * BENCHMARKS.md. An argument, if there is one, is a word that the rows to measure begin with.
 */
final class Race {

    private static final int SMALL = 32;
    private static final int LARGE = 1 << 20;
    private static final int PASSES = 3;
    private static final int AWAKE_TRIPS = 300_000;
    private static final int ASLEEP_TRIPS = 6_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private static final List<String> PEERS =
            List.of("agrona-many", "agrona-one", "aeron-concurrent", "aeron-exclusive", "chronicle", "socket", "fifo");

    private final Table table = new Table();

    private Race() {}

    public static void main(String[] arguments) throws Exception {
        String wanted = arguments.length == 0 ? "" : arguments[0];
        Race race = new Race();
        System.out.println(machine());
        race.table.heading();
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("queue", race::queue);
        parts.put("many", race::many);
        parts.put("large", race::large);
        parts.put("awake", race::awake);
        parts.put("asleep", race::asleep);
        parts.put("blocked", race::blocked);
        parts.put("recording", race::recording);
        parts.put("long", race::sharedLong);
        for (Map.Entry<String, Part> part : parts.entrySet()) {
            if (part.getKey().startsWith(wanted)) {
                part.getValue().run();
            }
        }
    }

    private interface Part {
        void run() throws Exception;
    }

    private static String machine() throws IOException {
        return Runtime.getRuntime().availableProcessors() + " cores, "
                + told("/proc/cpuinfo", "model name", System.getProperty("os.arch")) + ", "
                + told("/proc/meminfo", "MemTotal", "memory unknown") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", JDK " + System.getProperty("java.runtime.version");
    }

    private static String told(String file, String key, String otherwise) throws IOException {
        Path path = Path.of(file);
        return !Files.exists(path)
                ? otherwise
                : Files.readAllLines(path).stream()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(otherwise);
    }

    /** The middle of several; null, and said so, if it could not be measured. */
    private Double median(String what, int passes, Callable<Double> measure) {
        try {
            double[] all = new double[passes];
            for (int i = 0; i < passes; i++) {
                all[i] = measure.call();
            }
            Arrays.sort(all);
            return all[passes / 2];
        } catch (Exception e) {
            table.row(what, "could not be measured: " + e.getMessage());
            return null;
        }
    }

    private static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }

    private static String factor(double factor) {
        return String.format(Locale.ROOT, factor < 10 ? "%.2f x" : "%,.0f x", factor);
    }

    private void queue() throws Exception {
        double ours = median("queue, 32 B, 1 to 1", PASSES, () -> Throughput.of("ours", 1, 1, SMALL));
        double best = 0;
        String bestName = "";
        for (String peer : PEERS) {
            String what = "  " + peer;
            Double rate = median(what, PASSES, () -> Throughput.of(peer, 1, 1, SMALL));
            if (rate != null) {
                table.row(what, rate(rate));
                if ((peer.equals("agrona-many") || peer.equals("aeron-concurrent")) && rate > best) {
                    best = rate;
                    bestName = peer;
                }
            }
        }
        Double python = median("  python", 1, () -> Throughput.ofPython(1, 1));
        if (python != null) {
            table.row("  python multiprocessing.Queue", rate(python));
        }
        table.row(
                "queue, 32 B, 1 to 1, one message a call",
                rate(ours),
                factor(ours / best) + " of " + bestName,
                ">= 1.0 x, stretch 1.5 x",
                ours >= best);
        double batch = median("queue in batches", PASSES, () -> Throughput.of("ours-batch", 1, 1, SMALL));
        table.row(
                "queue, 32 B, 1 to 1, batches of 64",
                rate(batch),
                factor(batch / best) + " of " + bestName,
                ">= 3 x",
                batch >= 3 * best);
    }

    private void many() throws Exception {
        double one = median("queue, 32 B, 1 to 1", PASSES, () -> Throughput.of("ours", 1, 1, SMALL));
        for (int n : new int[] {2, 4}) {
            String what = "queue, 32 B, " + n + " to " + n;
            double ours = median(what, PASSES, () -> Throughput.of("ours", n, n, SMALL));
            Double python = median("  python, " + n + " to " + n, 1, () -> Throughput.ofPython(n, n));
            table.row(what, rate(ours), factor(ours / one) + " of 1 to 1", ">= 0.3 x", ours >= 0.3 * one);
            if (python != null) {
                table.row(
                        what,
                        rate(ours),
                        factor(ours / python) + " of python's " + rate(python),
                        ">= 100 x",
                        ours >= 100 * python);
            }
        }
    }

    private void large() throws Exception {
        double ours = median("queue, 1 MiB", PASSES, () -> Throughput.of("ours", 1, 1, LARGE));
        double copy = PlainCopy.rate(LARGE, OurQueue.ringBytes(LARGE));
        Double bare = median("  bare hand-over, 1 MiB", PASSES, () -> Throughput.of("bare", 1, 1, LARGE));
        if (bare != null) {
            table.row("  bare hand-over, 1 MiB", gib(bare) + ", of which ours is " + factor(ours / bare));
        }
        Double socket = median("  socket, 1 MiB", 1, () -> Throughput.of("socket", 1, 1, LARGE));
        if (socket != null) {
            table.row("  socket, 1 MiB", gib(socket));
        }
        table.row(
                "queue, 1 MiB, 1 to 1",
                gib(ours),
                factor(ours / copy) + " of one plain copy's " + gib(copy),
                ">= 0.5 x",
                ours >= 0.5 * copy);
    }

    private static String gib(double mebibytes) {
        return String.format(Locale.ROOT, "%.2f GiB/s", mebibytes / 1024);
    }

    private void awake() throws Exception {
        roundTrip("pipe, round trip, both awake", "line", "the cache line's", List.of(), AWAKE_TRIPS, 0, 1.5);
    }

    private void asleep() throws Exception {
        roundTrip(
                "pipe, round trip, both asleep between",
                "socket",
                "a Unix-domain socket's",
                List.of(),
                ASLEEP_TRIPS,
                PAUSE_NANOS,
                1.2);
        if (Runtime.version().feature() >= 22) {
            roundTrip(
                    "  the same, with native access",
                    "futex",
                    "a bare futex's",
                    Children.NATIVE_ACCESS,
                    ASLEEP_TRIPS,
                    PAUSE_NANOS,
                    1.2);
        }
    }

    /** In turn, since what else the machine does matters more here than elsewhere; the middle ones count. */
    private void roundTrip(
            String what, String peer, String whose, List<String> flags, int trips, long pauseNanos, double aim)
            throws Exception {
        List<Latency> theirs = new ArrayList<>();
        List<Latency> ours = new ArrayList<>();
        for (int i = 0; i < PASSES; i++) {
            theirs.add(Latency.of(peer, flags, trips, pauseNanos));
            ours.add(Latency.of("ours", flags, trips, pauseNanos));
        }
        theirs.sort(Comparator.comparingDouble(Latency::p50));
        ours.sort(Comparator.comparingDouble(Latency::p50));
        Latency their = theirs.get(PASSES / 2);
        Latency our = ours.get(PASSES / 2);
        table.row("  " + peer, their.toString());
        table.row(
                what,
                our.toString(),
                factor(our.p50() / their.p50()) + " of " + whose,
                String.format(Locale.ROOT, "<= %.1f x", aim),
                our.p50() <= aim * their.p50());
    }

    private void blocked() throws Exception {
        double percent = Blocked.percent();
        table.row(
                "a blocked process",
                String.format(Locale.ROOT, "%.2f %% of a core", percent),
                "",
                "< 1 %",
                percent < 1);
    }

    private void recording() throws Exception {
        double off = median("not recorded", PASSES, () -> Recording.nanos(false));
        double on = median("recorded", PASSES, () -> Recording.nanos(true));
        table.row(
                "recording on",
                String.format(Locale.ROOT, "%.0f ns an operation more", on - off),
                String.format(Locale.ROOT, "%.0f ns recorded, %.0f ns not", on, off),
                "<= 100 ns",
                on - off <= 100);
    }

    private void sharedLong() throws Exception {
        Map<String, Double> nanos = LongBench.run();
        for (String call : new String[] {"get", "add"}) {
            double ours = nanos.get(call + "Ours");
            double bare = nanos.get(call + "Bare");
            table.row(
                    "shared long: " + (call.equals("add") ? "getAndAdd" : call),
                    String.format(Locale.ROOT, "%.2f ns", ours),
                    String.format(Locale.ROOT, "%s of a bare VarHandle's %.2f ns", factor(ours / bare), bare),
                    "<= 1.2 x",
                    ours <= 1.2 * bare);
        }
    }
}
