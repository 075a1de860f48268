package io.github.ipcharness.ipc.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many messages a second go through a transport once its processes have warmed up. */
final class Throughput {

    /** For each process: eight JVMs on two cores take their time to compile what they run. */
    private static final long WARM_UP_MILLIS = 1_500;

    private static final long MEASURE_MILLIS = 1_500;

    private Throughput() {}

    /** Between so many producers and so many consumers, each a JVM. */
    static double of(String peer, int producers, int consumers, int size) throws Exception {
        try (Scratch scratch = new Scratch()) {
            List<String> flags = peer.startsWith("ours") ? List.of() : Children.PEER_FLAGS;
            List<Child> children = new ArrayList<>();
            try {
                for (int i = 0; i < consumers; i++) {
                    children.add(worker(peer, "consumer", scratch.path(), size, flags));
                }
                for (int i = 0; i < producers; i++) {
                    children.add(worker(peer, "producer", scratch.path(), size, flags));
                }
                return measured(children, children.subList(0, consumers), false, producers + consumers);
            } finally {
                for (Child child : children) {
                    child.close();
                }
            }
        }
    }

    static double ofPython(int producers, int consumers) throws Exception {
        Path script = Path.of(System.getProperty("bench.python"));
        try (Child python = Child.start(
                List.of("python3", script.toString(), Integer.toString(producers), Integer.toString(consumers)))) {
            return measured(List.of(python), List.of(python), true, producers + consumers);
        }
    }

    private static Child worker(String peer, String role, Path directory, int size, List<String> flags)
            throws Exception {
        return Children.java(Worker.class, flags, peer, role, directory.toString(), Integer.toString(size));
    }

    private static double measured(List<Child> all, List<Child> consumers, boolean indexed, int processes)
            throws Exception {
        long limit = System.nanoTime() + 20_000_000_000L;
        while (consumers.stream().noneMatch(child -> !child.said("mark").isEmpty())) {
            all.forEach(Child::requireAlive);
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("nothing came through in 20 s");
            }
            Thread.sleep(10);
        }
        Thread.sleep(processes * WARM_UP_MILLIS);
        long from = System.nanoTime();
        Thread.sleep(MEASURE_MILLIS);
        all.forEach(Child::requireAlive);
        Map<String, List<long[]>> marks = new LinkedHashMap<>();
        for (Child consumer : consumers) {
            for (String mark : consumer.said("mark")) {
                String[] words = mark.split(" ");
                String who = consumer.pid() + (indexed ? words[0] : "");
                long[] numbers = Arrays.stream(words)
                        .skip(indexed ? 1 : 0)
                        .mapToLong(Long::parseLong)
                        .toArray();
                marks.computeIfAbsent(who, key -> new ArrayList<>()).add(numbers);
            }
        }
        double sum = 0;
        for (List<long[]> one : marks.values()) {
            sum += rate(one.stream().filter(mark -> mark[0] >= from).toList());
        }
        return sum;
    }

    /** A consumer that got nothing in this time adds nothing. */
    private static double rate(List<long[]> marks) {
        if (marks.size() < 2) {
            return 0;
        }
        long[] first = marks.get(0);
        long[] last = marks.get(marks.size() - 1);
        return (last[1] - first[1]) * 1e9 / (last[0] - first[0]);
    }
}
