package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckMojoTest {

    private static final String RIGHT = """
            {"history":1,"name":"right","kind":"queue"}
            {"process":"p0","op":"put","value":1,"call":100,"return":180,"result":"ok"}
            {"process":"p1","op":"get","call":200,"return":260,"result":"ok","value":1}
            """;

    private static final String TWICE = """
            {"history":1,"name":"twice","kind":"queue"}
            {"process":"p0","op":"put","value":1,"call":100,"return":180,"result":"ok"}
            {"process":"p1","op":"get","call":200,"return":260,"result":"ok","value":1}
            {"process":"p1","op":"get","call":300,"return":360,"result":"ok","value":1}
            """;

    @TempDir
    Path directory;

    private CheckMojo mojo(Path histories) throws IOException {
        CheckMojo mojo = new CheckMojo();
        mojo.histories = histories.toFile();
        mojo.outputDirectory = directory.resolve("out").toFile();
        mojo.guarantee = "linearizable";
        mojo.failOnUnknown = true;
        return mojo;
    }

    private String verdicts() throws IOException {
        return Files.readString(directory.resolve("out/verdicts.jsonl"));
    }

    @Test
    void aFileOfHistoriesGetsALineForEach() throws Exception {
        Path file = Files.writeString(directory.resolve("all.jsonl"), RIGHT + TWICE);

        assertThatThrownBy(() -> mojo(file).execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("twice: violation (");

        assertThat(verdicts().lines())
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("{\"name\":\"right\",\"verdict\":\"ok\",\"check\":\""),
                        line -> assertThat(line)
                                .startsWith("{\"name\":\"twice\",\"verdict\":\"violation\",\"check\":\"")
                                .contains("6", "7")
                                .endsWith("]}"));
    }

    @Test
    void aHistoryOfSeveralObjectsHasOneLine() throws Exception {
        String several = """
                {"history":1,"name":"shop","kind":"queue"}
                {"process":"p0","op":"put","value":1,"call":100,"return":180,"result":"ok"}
                {"process":"p0","object":"returns","op":"%s","value":1,"call":200,"return":280,"result":"ok"}
                """;
        Path file = Files.writeString(
                directory.resolve("all.jsonl"), several.formatted("put") + several.formatted("get") + RIGHT);

        assertThatThrownBy(() -> mojo(file).execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("shop: violation (invented): shop/returns: p0 got 1, which nobody ever put in");

        assertThat(verdicts().lines())
                .containsExactly(
                        "{\"name\":\"shop\",\"verdict\":\"ok\",\"check\":\"duplicate, invented, order, empty\","
                                + "\"reason\":\"2 operations on 2 objects judged\",\"witness\":[]}",
                        "{\"name\":\"shop\",\"verdict\":\"violation\",\"check\":\"invented\","
                                + "\"reason\":\"shop/returns: p0 got 1, which nobody ever put in\",\"witness\":[6]}",
                        "{\"name\":\"right\",\"verdict\":\"ok\",\"check\":\"duplicate, invented, order, empty\","
                                + "\"reason\":\"2 operations judged\",\"witness\":[]}");
    }

    @Test
    void whatCannotBeReadKeepsNothingElseFromBeingJudged() throws Exception {
        Files.createDirectories(directory.resolve("in"));
        Path broken = Files.writeString(directory.resolve("in/a.jsonl"), "{\"history\":1}");
        Files.writeString(directory.resolve("in/b.jsonl"), RIGHT);

        assertThatThrownBy(() -> mojo(directory.resolve("in")).execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(broken + ":1: key \"name\" must be a string, it is missing");
        assertThat(verdicts().lines()).hasSize(1).allMatch(line -> line.contains("\"verdict\":\"ok\""));

        Files.writeString(directory.resolve("in/c.jsonl"), TWICE);
        assertThatThrownBy(() -> mojo(directory.resolve("in")).execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining("twice: violation");
    }

    @Test
    void aDirectoryIsSearchedForHistories() throws Exception {
        Files.createDirectories(directory.resolve("in/deeper"));
        Files.writeString(directory.resolve("in/a.jsonl"), RIGHT);
        Files.writeString(directory.resolve("in/deeper/b.jsonl"), RIGHT);
        Files.writeString(directory.resolve("in/readme.txt"), "not a history");

        mojo(directory.resolve("in")).execute();

        assertThat(verdicts().lines()).hasSize(2).allMatch(line -> line.contains("\"verdict\":\"ok\""));
    }

    @Test
    void aKeptRunCanBeJudgedAgain() throws Exception {
        new Build(directory)
                .configured("orders", "queue", "verify")
                .queue("orders", "twice")
                .execute();

        assertThatThrownBy(() -> mojo(directory.resolve("target/ipc/runs")).execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("orders: violation (");
    }

    @Test
    void inAProjectItsBuildDirectoryGetsTheVerdicts() throws Exception {
        CheckMojo mojo = mojo(Files.writeString(directory.resolve("right.jsonl"), RIGHT));
        mojo.outputDirectory = null;
        mojo.project = new Build(directory).project;

        mojo.execute();

        assertThat(directory.resolve("target/ipc/check/verdicts.jsonl")).exists();
    }

    @Test
    void aPlaceWithoutHistoriesIsAnError() throws Exception {
        assertThatThrownBy(() -> mojo(directory.resolve("nowhere")).execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("ipc.histories must be a file or directory that exists: ");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertThatThrownBy(() -> mojo(empty).execute())
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("ipc.histories has nothing to judge");
    }
}
