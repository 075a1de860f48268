package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrengthTest {

    private static final String HEADER = "{'history':1,'name':'orders','kind':'queue','capacity':2}\n";

    @TempDir
    private Path directory;

    @Test
    void operationsOfDifferentProcessesOverlapIfNeitherHadReturnedBeforeTheOtherWasCalled() throws IOException {
        Strength strength = strength(
                "{'process':'p','op':'put','value':1,'call':0,'return':10,'result':'ok'}",
                "{'process':'p','op':'put','value':2,'call':5,'return':20,'result':'ok'}",
                "{'process':'p','op':'put','value':3,'call':21,'return':22,'result':'full'}",
                "{'process':'c','op':'get','call':10,'return':30,'result':'ok','value':1}",
                "{'process':'c','op':'get','call':31,'return':32,'result':'empty'}",
                "{'process':'d','op':'get','call':31,'return':null}");

        // Of the first get with all three puts, since 10 is not before 10, and of the last two gets.
        assertThat(strength).isEqualTo(new Strength(List.of("p", "c", "d"), 4, 3, 1, 1, 1));
    }

    @RepeatedTest(50)
    void pairsAreThoseThatOneWouldCountOneByOne(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        int size = random.nextInt(40);
        long[][] operations = new long[size][];
        String[] lines = new String[size];
        for (int i = 0; i < size; i++) {
            long call = random.nextInt(50);
            operations[i] = new long[] {random.nextInt(3), call, call + random.nextInt(20)};
            lines[i] = "{'process':'p" + operations[i][0] + "','op':'put','value':" + i + ",'call':" + call
                    + ",'return':" + operations[i][2] + ",'result':'ok'}";
        }
        long expected = 0;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < a; b++) {
                boolean apart = operations[a][2] < operations[b][1] || operations[b][2] < operations[a][1];
                expected += !apart && operations[a][0] != operations[b][0] ? 1 : 0;
            }
        }

        assertThat(strength(lines).overlaps()).isEqualTo(expected);
    }

    @Test
    void severalObjectsAreAsStrongAsAllTogether() {
        Strength one = new Strength(List.of("p", "c"), 4, 3, 1, 1, 1);
        Strength other = new Strength(List.of("c", "d"), 6, 2, 0, 5, 0);

        assertThat(Strength.of(List.of(one, other))).isEqualTo(new Strength(List.of("c", "d", "p"), 10, 3, 1, 6, 1));
    }

    private Strength strength(String... lines) throws IOException {
        Path file = directory.resolve("h.jsonl");
        Files.writeString(file, (HEADER + String.join("\n", lines)).replace('\'', '"'));
        List<History> histories = JsonHistories.read(file);
        return Strength.of(histories.get(0));
    }
}
