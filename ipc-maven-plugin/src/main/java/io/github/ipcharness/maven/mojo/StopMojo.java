package io.github.ipcharness.maven.mojo;

import io.github.ipcharness.maven.report.ScenarioResult;
import java.io.IOException;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Ends the processes that ipc:start has started in this project, by SIGTERM and, if need be, SIGKILL, and judges what they
 * and the tests did together. What is wrong is kept for ipc:verify, which fails the build.
 *
 * <p>How long it waits and how it judges are parameters of ipc:start.
 */
@Mojo(name = "stop", defaultPhase = LifecyclePhase.POST_INTEGRATION_TEST, threadSafe = true)
public class StopMojo extends AbstractIpcMojo {

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        String skippedBy = skippedBy() == null ? slot().skippedBy() : skippedBy();
        if (skippedBy != null) {
            getLog().info("stop: skipped (" + skippedBy + ")");
            return;
        }
        Background background = slot().take();
        boolean now = isSeenNowOrNever();
        try {
            ScenarioResult result = background.stop(!now);
            if (now) {
                background.execution().requirePassed(result);
            }
        } catch (IOException e) {
            throw new MojoExecutionException("cannot write the results of start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MojoExecutionException("interrupted; all processes of the scenario have been ended", e);
        }
    }
}
