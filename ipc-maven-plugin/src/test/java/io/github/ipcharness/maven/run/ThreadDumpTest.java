package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {

    private static List<String> thread(String name, String... stack) {
        List<String> lines = new ArrayList<>();
        lines.add("\"" + name + "\" #1 [4711] prio=5 os_prio=0 cpu=50.12ms elapsed=3.14s tid=0x00007f runnable");
        lines.add("   java.lang.Thread.State: WAITING (parking)");
        for (String line : stack) {
            lines.add("\t" + line);
        }
        lines.add("");
        return lines;
    }

    private static List<String> dump(List<List<String>> threads) {
        List<String> dump = new ArrayList<>(List.of("2026-11-27 08:00:00", "Full thread dump OpenJDK 64-Bit", ""));
        threads.forEach(dump::addAll);
        return dump;
    }

    @Test
    void theUsersThreadsAreToldWithTheirStacksAndLocks() {
        List<String> dump = dump(List.of(
                thread("main", "at java.lang.Object.wait(Native Method)", "- waiting on <0x1> (a Object)", "at A.main"),
                thread("Reference Handler", "at java.lang.ref.Reference.handle(Reference.java:1)"),
                thread("C2 CompilerThread0"),
                thread("orders #1", "at B.run")));

        assertThat(ThreadDump.tell(dump))
                .containsExactly(
                        "\"main\" WAITING (parking)",
                        "    at java.lang.Object.wait(Native Method)",
                        "    - waiting on <0x1> (a Object)",
                        "    at A.main",
                        "\"orders #1\" WAITING (parking)",
                        "    at B.run");
    }

    @Test
    void ofManyThreadsAndDeepStacksTheFirstAreTold() {
        String[] deep = new String[40];
        for (int i = 0; i < deep.length; i++) {
            deep[i] = "at A.call" + i;
        }
        List<List<String>> threads = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            threads.add(thread("worker-" + i, deep));
        }

        List<String> told = ThreadDump.tell(dump(threads));

        assertThat(told).hasSize(6 * 13 + 1).contains("    at A.call11").doesNotContain("    at A.call12");
        assertThat(told).endsWith("and 3 more");
    }

    @Test
    void aDeadlockIsToldAndItsStacksNotTwice() {
        List<String> dump = dump(List.of(thread("left", "at A.left"), thread("right", "at A.right")));
        dump.addAll(List.of(
                "Found one Java-level deadlock:",
                "=============================",
                "\"left\":",
                "  waiting to lock monitor 0x1 (object 0x2, a Object),",
                "  which is held by \"right\""));
        dump.addAll(thread("left", "at A.left"));

        List<String> told = ThreadDump.tell(dump);

        assertThat(told).contains("Found one Java-level deadlock:", "  which is held by \"right\"");
        assertThat(told.indexOf("\"left\" WAITING (parking)")).isZero();
    }

    @Test
    void whatIsNoDumpTellsNothing() {
        assertThat(ThreadDump.tell(List.of("\"quoted\" words of a program", "\tat noon")))
                .isEmpty();
    }
}
