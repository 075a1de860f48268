package io.github.ipcharness.maven.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornCheckTest {

    private static final String WRITES = write(1, 0, 0x1111_2222) + write(2, 20, 0x3333_4444);

    @TempDir
    private Path directory;

    @Test
    void whatCameOutWholePasses() throws IOException {
        assertThat(torn(WRITES + read(2, 0x3333_4444))).isEqualTo(new Verdict.Passed("torn", "1 message out whole"));
    }

    @Test
    void bothHalvesAreNamed() throws IOException {
        assertThat(torn(WRITES + read(2, 0x1111_4444)))
                .isEqualTo(new Verdict.Violated(
                        "torn",
                        "read -> 2 by r came out torn: its first half is what write(2) by w had put in,"
                                + " its second half what write(1) by w had",
                        new int[] {1, 0, 2}));
    }

    @Test
    void whatNobodyPutInIsCorrupted() throws IOException {
        assertThat(torn(WRITES + read(2, 0x7777_4444)))
                .isEqualTo(new Verdict.Violated(
                        "torn",
                        "read -> 2 by r came out with other bytes than write(2) by w had put in: torn or corrupted",
                        new int[] {1, 2}));
    }

    private static String write(int value, int call, int sum) {
        return "{'process':'w','op':'write','value':" + value + ",'call':" + call + ",'return':" + (call + 10)
                + ",'result':'ok','sum':" + sum + "}\n";
    }

    private static String read(int value, int sum) {
        return "{'process':'r','op':'read','call':40,'return':50,'result':'ok','value':" + value + ",'sum':" + sum
                + "}\n";
    }

    private Verdict torn(String operations) throws IOException {
        Path file = directory.resolve("h.jsonl");
        String header = "{'history':1,'name':'state','kind':'value'}\n";
        Files.writeString(file, (header + operations).replace('\'', '"'));
        return TornCheck.check(JsonHistories.read(file).get(0)).orElseThrow();
    }
}
