package io.github.ipcharness.maven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Date;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyMojoTest {

    @TempDir
    Path directory;

    private Build build;

    @BeforeEach
    void start() throws IOException {
        build = new Build(directory);
    }

    @Test
    void withoutAScenarioItHasNothingToVerifyAndFails() {
        build.configured("default", "verify");

        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("verify has nothing to verify: ");
    }

    @Test
    void everyGoalOfAnExecutionIsAScenario() throws Exception {
        build.configured("default", "queue", "pipe", "value", "verify");
        build.queue("default", "right").execute();

        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("the scenario default of ipc:pipe is configured but did not run")
                .hasMessageContaining("the scenario default of ipc:value is configured but did not run");
    }

    @Test
    void itPassesIfEveryScenarioHas() throws Exception {
        build.configured("orders", "queue", "verify");
        build.queue("orders", "right").execute();

        build.verify().execute();

        assertThat(build.console).last().isEqualTo("[INFO] 1 scenario passed, 6 operations judged");
    }

    @Test
    void anExecutionInNoPhaseIsNotExpected() throws Exception {
        build.configured("orders", "queue", "verify").configured("by-hand", "pipe");
        build.plugin().getExecutions().get(1).setPhase("none");
        build.queue("orders", "right").execute();

        build.verify().execute();
    }

    @Test
    void aSummaryOfAnEarlierBuildDoesNotCountInALifecycle() throws Exception {
        build.configured("orders", "queue", "verify");
        build.queue("orders", "right").execute();
        build.startedAt(new Date(System.currentTimeMillis() + 1000));

        assertThatThrownBy(() -> build.verify().execute())
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("its summary is from an earlier build");
        build.fromCommandLine().verify().execute();
    }

    @Test
    void itIsSkippedAsTheOthersAre() throws Exception {
        VerifyMojo mojo = build.verify();
        mojo.skipITs = true;

        mojo.execute();

        assertThat(build.console).containsExactly("[INFO] verify: skipped (skipITs)");
    }
}
