package io.github.ipcharness.maven.mojo;

import java.io.File;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;

/** What the goals of a build share: where they are, and when they have nothing to do. */
abstract class AbstractIpcMojo extends AbstractMojo {

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    MojoExecution execution;

    @Parameter(defaultValue = "${project.build.directory}", readonly = true, required = true)
    File buildDirectory;

    /** Skips the goal. */
    @Parameter(property = "ipc.skip", defaultValue = "false")
    boolean skip;

    /** Skips the goal, and all integration tests with it; {@code skipTests} does not skip it. */
    @Parameter(property = "skipITs", defaultValue = "false")
    boolean skipITs;

    /** Skips the goal, and all tests with it; {@code skipTests} does not skip it. */
    @Parameter(property = "maven.test.skip", defaultValue = "false")
    boolean skipAllTests;

    /** The name of the property that says so; null if none does. */
    final String skippedBy() {
        if (skip) {
            return "ipc.skip";
        }
        if (skipITs) {
            return "skipITs";
        }
        return skipAllTests ? "maven.test.skip" : null;
    }

    @Override
    public Log getLog() {
        return ColouredLog.of(super.getLog());
    }

    final boolean isFromCommandLine() {
        return execution.getSource() == MojoExecution.Source.CLI;
    }

    /**
     * In a lifecycle a failure waits for {@code ipc:verify}, so that what the build has started can be stopped in
     * between; but not where nobody would ever look at it.
     */
    final boolean isSeenNowOrNever() {
        return isFromCommandLine() || !configured().hasVerify();
    }

    @SuppressWarnings("unchecked") // A raw map, of strings and whatever plugins put in.
    final Slot slot() {
        return new Slot(getPluginContext());
    }

    final Configured configured() {
        return new Configured(project, execution, session.getUserProperties());
    }

    final Layout layout() {
        return new Layout(buildDirectory.toPath());
    }
}
