package io.github.ipcharness.maven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ipcharness.maven.check.History;
import io.github.ipcharness.maven.check.JsonHistories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimeLineTest {

    @TempDir
    private Path directory;

    @Test
    void processesHaveLanesAndBarsGoFromCallToReturn() throws IOException {
        assertThat(draw(
                        "{'process':'p0','op':'put','value':1,'call':0,'return':1200,'result':'ok'}",
                        "{'process':'c0','op':'get','call':60000,'return':70000,'result':'ok','value':2}",
                        "{'process':'p0','op':'put','value':2,'call':53000,'return':54000,'result':'ok'}",
                        "{'process':'c0','op':'get','call':1400000,'return':1500000,'result':'ok','value':1}"))
                .containsExactly(
                        "    0 ns     53.0 us  60.0 us    1.4 ms",
                        "p0  [put(1)] [put(2)]",
                        "c0                    [get -> 2] [get -> 1]");
    }

    @Test
    void whatIsOpenAtOnceHasALaneOfItsOwn() throws IOException {
        assertThat(draw(
                        "{'process':'p0','op':'put','value':1,'call':0,'return':50,'result':'ok'}",
                        "{'process':'p0','op':'put','value':2,'call':10,'return':20,'result':'ok'}"))
                .containsExactly(
                        "    0 ns", //
                        "p0  [put(1)---]",
                        "     [put(2)]");
    }

    @Test
    void aBarWithoutAnEndNeverReturned() throws IOException {
        assertThat(draw(
                        "{'process':'producer-0','op':'put','value':1,'call':0,'return':null}",
                        "{'process':'c0','op':'get','call':60000,'return':70000,'result':'ok','value':1}"))
                .containsExactly(
                        "            0 ns", //
                        "producer-0  [put(1) ...",
                        "c0           [get -> 1]");
    }

    @Test
    void nothingIsBetterThanLinesThatNobodyCanRead() throws IOException {
        String[] many = IntStream.range(0, 20)
                .mapToObj(i -> "{'process':'p0','op':'put','value':" + i + ",'call':" + 2 * i + ",'return':"
                        + (2 * i + 1) + ",'result':'ok'}")
                .toArray(String[]::new);

        assertThat(draw(many)).isEmpty();
    }

    @Test
    void whatWasDoneToTheProcessesIsMarked() throws IOException {
        History history = history(
                "{'process':'p0','op':'put','value':1,'call':100,'return':200,'result':'ok'}",
                "{'process':'p0','op':'put','value':2,'call':300,'return':null}",
                "{'process':'c0','op':'get','call':400,'return':500,'result':'empty'}");
        List<TimeLine.Mark> marks = List.of(
                new TimeLine.Mark(50, "pause p0"),
                new TimeLine.Mark(350, "kill p0"),
                new TimeLine.Mark(360, "kill c0"));

        assertThat(TimeLine.draw(history, new int[] {0, 1, 2}, marks))
                .containsExactly(
                        "       0 ns     200 ns",
                        "p0     [put(1)] [put(2) .........",
                        "c0                 [get -> empty]",
                        "fault            ^ kill p0",
                        "                  ^ kill c0");
    }

    private List<String> draw(String... operations) throws IOException {
        History history = history(operations);
        return TimeLine.draw(history, IntStream.range(0, history.size()).toArray(), List.of());
    }

    private History history(String... operations) throws IOException {
        Path file = directory.resolve("h.jsonl");
        String header = "{'history':1,'name':'orders','kind':'queue','clock':'ns'}\n";
        Files.writeString(file, (header + String.join("\n", operations)).replace('\'', '"'));
        return JsonHistories.read(file).get(0);
    }
}
