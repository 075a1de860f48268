package io.github.ipcharness.maven.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsOfTheRunTest {

    @ParameterizedTest
    @CsvSource({
        "3,exit code 3",
        "143,SIGTERM (exit code 143)",
        "137,SIGKILL (exit code 137)",
        "134,SIGABRT (exit code 134)",
        "139,SIGSEGV (exit code 139)",
        "135,SIGBUS (exit code 135)",
        "128,exit code 128",
        "255,exit code 255"
    })
    void anExitCodeIsExplained(int code, String words) {
        assertThat(Exits.explain(code)).isEqualTo(words);
    }

    @Test
    void aShellsWordForAMissingCommandIsExplained() {
        assertThat(Exits.sentence(127)).contains("was not found");
        assertThat(Exits.sentence(126)).contains("could not be executed");
        assertThat(Exits.sentence(3)).isEqualTo("ended with exit code 3");
    }

    @Test
    void aCommandLineIsQuotedForAShell() {
        CommandLine line = new CommandLine(
                List.of("java", "-Dx=it's", "", "a b"),
                Map.of("B", "2 3", "A", "1"),
                Path.of("/tmp/x y"),
                Path.of("/h"));

        assertThat(line.shellLine())
                .isEqualTo("mkdir -p -m 700 /h && cd '/tmp/x y' && env A=1 'B=2 3' java '-Dx=it'\\''s' '' 'a b'");
    }

    @ParameterizedTest
    @CsvSource({"ipc.home,IPC_HOME", "ipc.messageSize,IPC_MESSAGE_SIZE"})
    void aPropertyHasItsVariable(String property, String variable) {
        assertThat(CommandLines.variable(property)).isEqualTo(variable);
    }

    @Test
    void anArgumentIsQuotedForAnArgumentFile() {
        assertThat(ArgFile.quote("a \"b\" \\c\td")).isEqualTo("\"a \\\"b\\\" \\\\c\\td\"");
    }
}
