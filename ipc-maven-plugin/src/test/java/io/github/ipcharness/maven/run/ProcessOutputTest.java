package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessOutputTest {

    @TempDir
    Path directory;

    private final List<String> console = new CopyOnWriteArrayList<>();
    private ProcessOutput output;

    @BeforeEach
    void open() throws IOException {
        output = new ProcessOutput("producer-0", directory.resolve("log"), console::add);
    }

    private void copy(String text, boolean errors) {
        output.copy(new ByteArrayInputStream(text.getBytes()), errors);
    }

    @Test
    void linesGetTheProcessesName() throws IOException {
        copy("one\n\ntwo\r\nthree without an end", false);

        assertThat(console)
                .containsExactly(
                        "[producer-0] one", "[producer-0] ", "[producer-0] two", "[producer-0] three without an end");
        assertThat(Files.readString(directory.resolve("log"))).isEqualTo("one\n\ntwo\r\nthree without an end\n");
    }

    @Test
    void aLineThatComesInPiecesIsPassedOnWhole() throws Exception {
        PipedOutputStream process = new PipedOutputStream();
        PipedInputStream stream = new PipedInputStream(process);
        Thread pump = new Thread(() -> output.copy(stream, false));
        pump.start();
        process.write("first half".getBytes());
        process.flush();
        Eventually.holds("the first half is read", () -> stream.available() == 0);
        assertThat(console).isEmpty();

        copy("another stream's\n", true);
        process.write(", second half\n".getBytes());
        process.close();
        pump.join();

        assertThat(console).containsExactly("[producer-0] another stream's", "[producer-0] first half, second half");
    }

    @Test
    void anEndlessLineIsCutAndNotHeld() {
        copy("x".repeat(200_000), false);

        assertThat(console).hasSize(4);
        assertThat(String.join("", console).replace("[producer-0] ", "")).hasSize(200_000);
    }

    @Test
    void theLastErrorsAreRemembered() {
        for (int i = 0; i < 25; i++) {
            copy("error " + i + "\n", true);
            copy("output " + i + "\n", false);
        }

        assertThat(output.lastErrors()).hasSize(20).startsWith("error 5").endsWith("error 24");
    }

    @Test
    void aQuietOneStillWritesItsLog() throws IOException {
        output.quiet();
        copy("thread dump\n", false);

        assertThat(console).isEmpty();
        assertThat(Files.readString(directory.resolve("log"))).isEqualTo("thread dump\n");
    }
}
