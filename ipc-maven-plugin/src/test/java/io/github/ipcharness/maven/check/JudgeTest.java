package io.github.ipcharness.maven.check;

import static io.github.ipcharness.maven.check.Notation.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static ObjectVerdict judged(History history) {
        return new Judge(Guarantee.LINEARIZABLE).judge(history);
    }

    private static List<String> checks(History history) {
        return judged(history).verdicts().stream().map(Verdict::check).toList();
    }

    @Test
    void eachKindIsJudgedByItsOwnChecks() {
        assertThat(checks(queue("p put 1 [0, 1]"))).containsExactly("duplicate", "invented", "order", "empty");
        assertThat(checks(history(
                        "{'history':1,'name':'q','kind':'queue','capacity':1,'drained':true}", "p put 1 [0, ...]")))
                .containsExactly("duplicate", "invented", "loss", "order", "empty", "capacity", "full");
        assertThat(checks(pipe("p@a send 1 [0, 1]")))
                .containsExactly("reflected", "duplicate", "invented", "order", "empty", "end of stream");
        assertThat(checks(value("p write 1 [0, 1]"))).containsExactly("torn", "stale read");
        assertThat(checks(value("p add 1 -> 0 [0, 1]"))).containsExactly("lost update", "linearizable");
        assertThat(checks(value("p cas 0 1 [0, 1]"))).containsExactly("linearizable");
        assertThat(checks(lock("p lock [0, 1]"))).containsExactly("mutual exclusion");
    }

    @Test
    void aBoundThatCanHaveMatteredIsDecidedBySearch() {
        assertThat(checks(history(
                        "{'history':1,'name':'q','kind':'queue','capacity':1}",
                        "p put 1 [0, 1]",
                        "p put 2 -> full [2, 3]")))
                .containsExactly("duplicate", "invented", "order", "empty", "capacity", "full", "linearizable");
    }

    @Test
    void whatComesOutMustHaveTheBytesThatWentIn() {
        History history = Notation.read("""
                        {"history":1,"name":"orders","kind":"queue"}
                        {"process":"p","op":"put","value":1,"sum":77,"call":0,"return":1,"result":"ok"}
                        {"process":"p","op":"put","value":2,"sum":88,"call":2,"return":3,"result":"ok"}
                        {"process":"q","op":"get","value":1,"sum":77,"call":4,"return":5,"result":"ok"}
                        {"process":"q","op":"get","value":2,"sum":89,"call":6,"return":7,"result":"ok"}
                        """).get(0);

        assertThat(verdict(history))
                .isEqualTo("torn: get -> 2 by q came out with other bytes than put(2) by p had put in:"
                        + " torn or corrupted [3, 5]");
    }

    @Test
    void stampsThatCannotBeComparedLeaveOnlyWhatNeedsNone() {
        String header = "{'history':1,'name':'orders','kind':'queue','clockDoubt':'two machines'}";

        assertThat(verdict(history(header, "p put 1 [50, 60]", "q get -> 1 [20, 30]")))
                .isEqualTo("Optional[Unknown[check=clock, why=two machines]]");
        assertThat(verdict(history(header, "p put 1 [50, 60]", "q get -> 2 [20, 30]")))
                .isEqualTo("invented: q got 2, which nobody ever put in [3]");
        assertThat(verdict(history(header, "p put 1 [50, 60]", "q get -> 1 [20, 30]", "q get -> 1 [40, 50]")))
                .startsWith("duplicate: ");
        assertThat(verdict(history(header.replace("queue", "value"), "p write 1 [0, 1]", "q read -> 0 [20, 30]")))
                .isEqualTo("Optional[Unknown[check=clock, why=two machines]]");
    }

    @Test
    void countsOfWhatHappened() {
        Statistics statistics = judged(queue(
                        "p put 1 [5, 10]",
                        "p put 2 [12, ...]",
                        "q get -> 1 [7, 20]",
                        "q get -> empty [30, 40]",
                        "q get -> empty [41, 42]"))
                .statistics();

        assertThat(statistics.operations()).isEqualTo(5);
        assertThat(statistics.pending()).isEqualTo(1);
        assertThat(statistics.counts())
                .isEqualTo(Map.of("put pending", 1L, "put ok", 1L, "get ok", 1L, "get empty", 2L));
        assertThat(statistics.firstCall()).isEqualTo(5);
        assertThat(statistics.lastReturn()).isEqualTo(42);
    }

    @Test
    void valuesThatAReaderNeverSaw() {
        assertThat(judged(value(
                                "w write 1 [0, 1]",
                                "w write 2 [2, 3]",
                                "w write 3 [4, 5]",
                                "slow read -> 3 [6, 7]",
                                "fast read -> 1 [1, 2]",
                                "fast read -> 3 [6, 7]"))
                        .statistics()
                        .missed())
                .isEqualTo(Map.of("slow", 2L, "fast", 1L));
    }

    @Test
    void anUnknownIsNoPass() {
        ObjectVerdict verdict = judged(queue());

        assertThat(verdict.passed()).isFalse();
        assertThat(verdict.firstViolation()).isEmpty();
        assertThat(verdict.firstUnknown()).isPresent();
    }
}
